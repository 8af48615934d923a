using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>What grows with every change of a record. In YAML a scalar is short for a path to a whole number.</summary>
[ScalarForm(nameof(Path))]
public sealed record WebhookVersionDefinition : IHasLine
{
    /// <summary>Where it is.</summary>
    public string? Path { get; init; }

    /// <summary>What it is: <c>number</c>, <c>datetime</c>, <c>epoch-seconds</c> or <c>epoch-millis</c>. Times count as their UTC ticks.</summary>
    public string As { get; init; } = "number";

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
