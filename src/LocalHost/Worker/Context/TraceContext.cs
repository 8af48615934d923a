namespace Microsoft.Azure.Functions.Worker;

/// <summary>The W3C trace context of a call.</summary>
public abstract class TraceContext
{
    /// <summary>The <c>traceparent</c>; empty where there is none.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The <c>tracestate</c>; empty where there is none.</summary>
    public abstract string TraceState { get; }
}
