using Millwright.Connectors.Definitions.Yaml;
using Millwright.Core.Webhooks.Signatures;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>A keyed hash in a header; see <see cref="HmacScheme"/>.</summary>
public sealed record WebhookHmacDefinition : IHasLine
{
    /// <summary>The header that holds it.</summary>
    public required string Header { get; init; }

    /// <summary>The hash.</summary>
    public SignatureAlgorithm Algorithm { get; init; } = SignatureAlgorithm.Sha256;

    /// <summary>How the header writes it.</summary>
    public SignatureEncoding Encoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>What stands before it, such as <c>sha256=</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The character between the header's items; null for a header that holds one signature and nothing else.</summary>
    public string? Separator { get; init; }

    /// <summary>What it is about: literal text with <c>{body}</c>, <c>{uri}</c>, <c>{id}</c> and <c>{timestamp}</c>.</summary>
    public string Content { get; init; } = "{body}";

    /// <summary>The header of the id, where that is signed.</summary>
    public string? IdHeader { get; init; }

    /// <summary>The header of the time in seconds since 1970, where that is signed and has its own.</summary>
    public string? TimestampHeader { get; init; }

    /// <summary>What stands before the time where that is an item of the signature's header, such as <c>t=</c>.</summary>
    public string? TimestampPrefix { get; init; }

    /// <summary>How a secret's text becomes the key.</summary>
    public SecretEncoding SecretEncoding { get; init; } = SecretEncoding.Text;

    /// <summary>What a secret's text begins with that is no part of the key.</summary>
    public string SecretPrefix { get; init; } = "";

    /// <summary>Seconds that a signed time may be from ours, 1 to 86,400.</summary>
    public int ToleranceSeconds { get; init; } = 300;

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
