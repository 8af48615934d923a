using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>How webhooks prove who sent them: exactly one of its properties says so. In YAML a scalar is short for a scheme.</summary>
[ScalarForm(nameof(Scheme))]
public sealed record WebhookSignatureDefinition : IHasLine
{
    /// <summary>A scheme that has a name: <c>standard-webhooks</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>A keyed hash in a header.</summary>
    public WebhookHmacDefinition? Hmac { get; init; }

    /// <summary>The secret itself, for systems that do not sign.</summary>
    public WebhookSecretDefinition? Secret { get; init; }

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
