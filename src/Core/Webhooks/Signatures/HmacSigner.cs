using System.Globalization;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Signs as an <see cref="HmacScheme"/> says: the other side of <see cref="SignatureVerifier"/>. Pure.</summary>
public static class HmacSigner
{
    /// <summary>The value of the scheme's header.</summary>
    /// <param name="scheme">How to sign.</param>
    /// <param name="secret">The secret, in the scheme's form.</param>
    /// <param name="body">The bytes that will be sent.</param>
    /// <param name="id">The webhook's id; needed where the scheme signs it.</param>
    /// <param name="timestamp">The time; needed where the scheme signs it.</param>
    /// <param name="uri">The address that will be called; needed where the scheme signs it.</param>
    /// <exception cref="ArgumentException">The secret is not of the scheme's form, or something that the scheme signs is null.</exception>
    public static string Sign(
        HmacScheme scheme, string secret, ReadOnlyMemory<byte> body, string? id = null, DateTimeOffset? timestamp = null, Uri? uri = null)
    {
        var key = HmacKeys.Of(scheme, secret) ?? throw new ArgumentException("The secret is not of the scheme's form.", nameof(secret));
        Need(SignedPart.Id, id);
        Need(SignedPart.Timestamp, timestamp);
        Need(SignedPart.Uri, uri);
        var seconds = timestamp?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var digest = HmacDigest.Compute(scheme, key, new SignedValues(body, uri, id, seconds));
        var signature = scheme.Prefix + HmacDigest.Encode(scheme, digest);
        return scheme.TimestampPrefix is { } prefix ? $"{prefix}{seconds}{scheme.Separator}{signature}" : signature;

        void Need(SignedPart part, object? value)
        {
            if (value is null && scheme.Content.Contains(part))
            {
                throw new ArgumentException($"The scheme signs '{scheme.Content}': the {part} is missing.", nameof(scheme));
            }
        }
    }
}
