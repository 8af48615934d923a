using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>How a system asks whether somebody is here: a token, in exactly one of a query parameter and a path of the body, that it wants back.</summary>
public sealed record WebhookHandshakeDefinition : IHasLine
{
    /// <summary>The query parameter.</summary>
    public string? Query { get; init; }

    /// <summary>The path.</summary>
    public string? Body { get; init; }

    /// <summary>For a token in the body: what else the body has to say to be a handshake, by path.</summary>
    public IReadOnlyDictionary<string, string> When { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>False where it comes without a signature.</summary>
    public bool Signature { get; init; } = true;

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
