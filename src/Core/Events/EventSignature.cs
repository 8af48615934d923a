using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Millwright.Core.Events;

/// <summary>Signs what goes to endpoints. Pure.</summary>
internal static class EventSignature
{
    /// <summary>What every signing secret starts with; its key in base64 follows.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>
    /// The value of <c>webhook-signature</c> (Standard Webhooks): for each secret <c>v1,</c> and the base64 HMAC-SHA256 of
    /// <c>{id}.{timestamp}.{body}</c>, keyed with the bytes that the secret holds in base64.
    /// </summary>
    public static string Standard(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var signatures = new List<string>();
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[SecretPrefix.Length..]));
            hmac.AppendData(head);
            hmac.AppendData(body);
            signatures.Add("v1," + Convert.ToBase64String(hmac.GetHashAndReset()));
        }

        return string.Join(' ', signatures);
    }

    /// <summary>
    /// The value of <c>X-Makini-Signature</c>: the base64 HMAC-SHA256 of the body, keyed with the secret's text as it is shown, as the
    /// published contract's example does.
    /// </summary>
    public static string Makini(ReadOnlySpan<byte> body, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
