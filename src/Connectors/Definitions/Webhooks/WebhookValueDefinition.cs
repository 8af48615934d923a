using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>A value of ours that a webhook says by a value of its sender's. In YAML a scalar is short for a path.</summary>
[ScalarForm(nameof(Path))]
public sealed record WebhookValueDefinition : IHasLine
{
    /// <summary>Where it is; null for a constant.</summary>
    public string? Path { get; init; }

    /// <summary>What every webhook means; null for a path.</summary>
    public string? Constant { get; init; }

    /// <summary>Only what comes before the last of these: <c>order</c> of <c>order.updated</c>. All of a value without one.</summary>
    public string? Before { get; init; }

    /// <summary>Only what comes after the last of these: <c>updated</c> of <c>order.updated</c>. All of a value without one.</summary>
    public string? After { get; init; }

    /// <summary>The sender's values for each of ours. One that is not listed passes as it is.</summary>
    public IReadOnlyDictionary<string, SourceValues> Map { get; init; } = new Dictionary<string, SourceValues>(StringComparer.Ordinal);

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
