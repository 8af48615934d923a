using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Millwright.Sandbox.Webhooks;

/// <summary>
/// Signs after Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>Marks a secret as one; the key follows in base64.</summary>
    public const string Prefix = "whsec_";

    /// <summary>
    /// The key in a secret such as <c>whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw</c>; null if it is none, or not of 24 to 64 bytes.
    /// </summary>
    public static byte[]? KeyOf(string? secret)
    {
        if (secret is null || !secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[secret.Length];
        return Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), key, out var length) && length is >= 24 and <= 64
            ? key[..length]
            : null;
    }

    /// <summary>The value of the <c>webhook-signature</c> header.</summary>
    public static string Sign(byte[] key, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
