using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Events;

/// <summary>Signs what goes to endpoints. Pure.</summary>
internal static class EventSignature
{
    // The published contract's example makes the key of the secret's text.
    private static readonly HmacScheme MakiniScheme = new("X-Makini-Signature") { Encoding = SignatureEncoding.Base64 };

    /// <summary>The value of <c>webhook-signature</c> (Standard Webhooks): one signature for each secret.</summary>
    public static string Standard(string id, DateTimeOffset at, ReadOnlyMemory<byte> body, IEnumerable<string> secrets) =>
        string.Join(' ', secrets.Select(secret => StandardWebhooks.Sign(secret, id, at, body)));

    /// <summary>The value of <c>X-Makini-Signature</c>: the base64 HMAC-SHA256 of the body, keyed with the secret's text as it is shown.</summary>
    public static string Makini(ReadOnlyMemory<byte> body, string secret) => HmacSigner.Sign(MakiniScheme, secret, body);
}
