using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>One entity of a connector, or a sub-resource or collection of one, compiled.</summary>
/// <param name="Entity">The entity in the model.</param>
/// <param name="Definition">What it was compiled from.</param>
/// <param name="Records">Reads its records, and writes them unless <paramref name="Bodies"/> does.</param>
/// <param name="Bodies">Writes its bodies; the same plan where bodies have no type of their own.</param>
public sealed record EntityPlan(EntityType Entity, EntityDefinition Definition, RecordPlan Records, RecordPlan Bodies)
{
    /// <summary>What hangs under its records, by the names in the model.</summary>
    public IReadOnlyDictionary<string, EntityPlan> SubResources { get; init; } = new Dictionary<string, EntityPlan>();

    /// <summary>The lists that belong to all its records together, by the names in the model.</summary>
    public IReadOnlyDictionary<string, EntityPlan> Collections { get; init; } = new Dictionary<string, EntityPlan>();
}
