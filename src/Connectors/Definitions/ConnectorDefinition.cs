using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions;

/// <summary>One connector's <c>connector.yaml</c>: what a system is, what it needs, and how its records map to the unified model.</summary>
public sealed partial record ConnectorDefinition : IHasLine
{
    /// <summary>The system's name in the API and of its folder, such as <c>tryton</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The system's name for a person.</summary>
    public required string Name { get; init; }

    /// <summary>Which of <c>eam</c>, <c>erp</c>, <c>wms</c> it serves.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>The protocol engine that speaks to it.</summary>
    public required string Protocol { get; init; }

    /// <summary>What a customer gives to connect it.</summary>
    public required IReadOnlyList<CredentialDefinition> Credentials { get; init; }

    /// <summary>How hard one connection may press the system.</summary>
    public LimitsDefinition Limits { get; init; } = new();

    /// <summary>What it has, by the entity's name in the unified model.</summary>
    public required IReadOnlyDictionary<string, EntityDefinition> Entities { get; init; }

    /// <summary>Markdown that tells a non-technical person where to find each credential; from <c>guide.md</c> beside the definition.</summary>
    [YamlIgnore]
    public string Guide { get; init; } = "";

    /// <summary>The file it was read from, for messages.</summary>
    [YamlIgnore]
    public string File { get; init; } = "";

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
