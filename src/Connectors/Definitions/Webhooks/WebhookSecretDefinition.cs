using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>Where the secret itself comes along: exactly one of a header and a query parameter.</summary>
public sealed record WebhookSecretDefinition : IHasLine
{
    /// <summary>The header.</summary>
    public string? Header { get; init; }

    /// <summary>The parameter of the address's query.</summary>
    public string? Query { get; init; }

    /// <summary>What stands before it, such as <c>Bearer </c>.</summary>
    public string Prefix { get; init; } = "";

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
