using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>What a system's webhooks look like. Paths are of the body, with dots into nested objects; <c>$</c> is the body itself.</summary>
public sealed record WebhooksDefinition : IHasLine
{
    /// <summary>How they prove who sent them.</summary>
    public required WebhookSignatureDefinition Signature { get; init; }

    /// <summary>Where the sender's id of a webhook is, the same on each repetition; null where it gives none.</summary>
    public WebhookIdDefinition? Id { get; init; }

    /// <summary>Where the entity is.</summary>
    public required WebhookValueDefinition Entity { get; init; }

    /// <summary>Where the record's key is, in the source's form.</summary>
    public required string Key { get; init; }

    /// <summary>Where it is what happened; null where the sender does not tell.</summary>
    public WebhookValueDefinition? Change { get; init; }

    /// <summary>Where it is what grows with every change of the record; null where the sender does not tell.</summary>
    public WebhookVersionDefinition? Version { get; init; }

    /// <summary>Where the whole record is, as a read gives it; null where no webhook carries one.</summary>
    public string? Record { get; init; }

    /// <summary>Seconds to wait before the record is read, 0 to 300.</summary>
    public int SettleSeconds { get; init; }

    /// <summary>How the system asks whether somebody is here; null where it does not.</summary>
    public WebhookHandshakeDefinition? Handshake { get; init; }

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
