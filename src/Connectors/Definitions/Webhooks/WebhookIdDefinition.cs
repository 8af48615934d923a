using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>Where the sender's id of a webhook is: exactly one of a header and a path of the body.</summary>
public sealed record WebhookIdDefinition : IHasLine
{
    /// <summary>The header.</summary>
    public string? Header { get; init; }

    /// <summary>The path.</summary>
    public string? Path { get; init; }

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
