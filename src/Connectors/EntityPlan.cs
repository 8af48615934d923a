using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;

namespace Millwright.Connectors;

/// <summary>One kind of records of a connector, ready for use.</summary>
/// <param name="Name">An entity of the model, or one with its sub-resource or collection, such as <c>work-orders.materials</c>.</param>
/// <param name="Definition">As written.</param>
/// <param name="Records">How its records are read.</param>
/// <param name="Bodies">How its bodies are written; mostly as the records are read.</param>
internal sealed record EntityPlan(string Name, EntityDefinition Definition, RecordPlan Records, RecordPlan Bodies)
{
    /// <summary>What hangs under its records, by name.</summary>
    public IReadOnlyDictionary<string, EntityPlan> SubResources { get; init; } = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);

    /// <summary>The lists that belong to all its records together, by name.</summary>
    public IReadOnlyDictionary<string, EntityPlan> Collections { get; init; } = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);
}
