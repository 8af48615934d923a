namespace Millwright.LocalHost.Invocation;

/// <summary>What called a function.</summary>
internal abstract class TriggerEvent
{
    /// <summary>The value of the trigger's parameter.</summary>
    public abstract object Value { get; }

    /// <summary>The W3C parent of the call's trace; empty where there is none.</summary>
    public virtual string TraceParent => string.Empty;

    /// <summary>The W3C state of the call's trace; empty where there is none.</summary>
    public virtual string TraceState => string.Empty;

    /// <summary>What is known beside the value, by name.</summary>
    public virtual IReadOnlyDictionary<string, object?> BindingData() => System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty;
}
