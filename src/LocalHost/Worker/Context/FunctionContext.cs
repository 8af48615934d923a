namespace Microsoft.Azure.Functions.Worker;

/// <summary>One call of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Identifies the call.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Identifies the function, call after call.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The trace that the call belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What is known of the trigger's event beside its value.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Which try this is.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of the call's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function called.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Shared by the middleware and the function during the call.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Features by type.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the call should end: the client is gone, the time is over, or the host stops and its grace period is over.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
