using Millwright.Connectors.Definitions.Yaml;
using Millwright.Core.Connections;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions;

/// <summary>How one entity of the unified model is found in the system.</summary>
public sealed partial record EntityDefinition : IHasLine
{
    /// <summary>How the protocol names it: a collection's path, a model's name.</summary>
    public required string Resource { get; init; }

    /// <summary>The source field that identifies a record.</summary>
    public string Key { get; init; } = "id";

    /// <summary>The codec of the key where it is not the protocol's own: <c>integer-key</c> or <c>text-key</c>.</summary>
    public string? KeyAs { get; init; }

    /// <summary>The source field that carries our reference on create and by which the record is found again; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>
    /// <see cref="ChangeTracking.Comparison"/> where the source's modified time does not move with every change, so that changes cannot be
    /// found by it; null to have it follow from the mapping.
    /// </summary>
    public ChangeTracking? Changes { get; init; }

    /// <summary>Where each unified field is in the source. The field <c>key</c> is always mapped, from <see cref="Key"/>.</summary>
    public IReadOnlyDictionary<string, FieldDefinition> Fields { get; init; } = new Dictionary<string, FieldDefinition>();

    /// <summary>For a sub-resource whose bodies are of another type than its records: where each of their fields goes. Null where the records' mapping serves both.</summary>
    public IReadOnlyDictionary<string, FieldDefinition>? Body { get; init; }

    /// <summary>What is offered.</summary>
    public required OperationSet Operations { get; init; }

    /// <summary>The statuses and the field that holds them; null where the entity has none.</summary>
    public StatusDefinition? Status { get; init; }

    /// <summary>What hangs under its records, by the names in the unified model; the operations' names without the prefix.</summary>
    public IReadOnlyDictionary<string, EntityDefinition> SubResources { get; init; } = new Dictionary<string, EntityDefinition>();

    /// <summary>The lists that belong to all its records together, by the names in the unified model.</summary>
    public IReadOnlyDictionary<string, EntityDefinition> Collections { get; init; } = new Dictionary<string, EntityDefinition>();

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
