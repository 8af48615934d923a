using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.LocalHost.Invocation;

/// <summary>One call. What is rarely asked for is made when it is asked for.</summary>
internal sealed class LocalFunctionContext(
    LocalFunction function, TriggerEvent trigger, LocalRetryContext retry, IServiceProvider services, CancellationToken cancellationToken)
    : FunctionContext
{
    private string? _invocationId;
    private BindingContext? _bindingContext;
    private InvocationFeatures? _features;
    private IDictionary<object, object>? _items;

    public LocalFunction Function => function;

    public TriggerEvent Trigger => trigger;

    /// <summary>What the function returned.</summary>
    public object? Result { get; set; }

    public override string InvocationId => _invocationId ??= NewId();

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext => new LocalTraceContext(trigger);

    public override BindingContext BindingContext => _bindingContext ??= new LocalBindingContext(trigger.BindingData());

    public override RetryContext RetryContext => retry;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override IInvocationFeatures Features => _features ??= new InvocationFeatures();

    public override CancellationToken CancellationToken => cancellationToken;

    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new Guid(bytes).ToString();
    }

    private sealed class LocalTraceContext(TriggerEvent trigger) : TraceContext
    {
        public override string TraceParent => trigger.TraceParent;

        public override string TraceState => trigger.TraceState;
    }

    private sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }
}
