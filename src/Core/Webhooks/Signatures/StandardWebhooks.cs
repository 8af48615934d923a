namespace Millwright.Core.Webhooks.Signatures;

/// <summary>The scheme of <see href="https://www.standardwebhooks.com">Standard Webhooks</see> with symmetric keys. Pure.</summary>
public static class StandardWebhooks
{
    /// <summary>The header of the webhook's id: the same on each attempt to deliver it.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header of the attempt's time, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header of the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What secrets begin with.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>The scheme, for <see cref="SignatureVerifier"/>.</summary>
    public static HmacScheme Scheme { get; } = new(SignatureHeader)
    {
        Encoding = SignatureEncoding.Base64,
        Prefix = "v1,",
        Separator = ' ',
        Content = SignedContent.Parse("{id}.{timestamp}.{body}"),
        IdHeader = IdHeader,
        TimestampHeader = TimestampHeader,
        SecretEncoding = SecretEncoding.Base64,
        SecretPrefix = SecretPrefix,
    };

    /// <summary>The value of <see cref="SignatureHeader"/> for one attempt.</summary>
    /// <param name="secret"><see cref="SecretPrefix"/> and the key in base64. While one secret replaces another, sign with both and join the values by a space.</param>
    /// <param name="id">The value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>; its fraction of a second is dropped.</param>
    /// <param name="body">The bytes that will be sent.</param>
    /// <exception cref="ArgumentException">The secret is not of that form.</exception>
    public static string Sign(string secret, string id, DateTimeOffset timestamp, ReadOnlyMemory<byte> body) =>
        HmacSigner.Sign(Scheme, secret, body, id, timestamp);

    /// <summary>The secret's text.</summary>
    /// <param name="key">24 to 64 random bytes.</param>
    /// <exception cref="ArgumentException">There are fewer or more.</exception>
    public static string SecretOf(ReadOnlySpan<byte> key) => key.Length is >= 24 and <= 64
        ? SecretPrefix + Convert.ToBase64String(key)
        : throw new ArgumentException("A key has 24 to 64 bytes.", nameof(key));
}
