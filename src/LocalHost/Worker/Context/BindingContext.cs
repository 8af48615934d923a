namespace Microsoft.Azure.Functions.Worker;

/// <summary>What is known of a trigger's event beside its value.</summary>
public abstract class BindingContext
{
    /// <summary>The data by name, whatever its case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
