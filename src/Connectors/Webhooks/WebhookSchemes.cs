using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Connectors.Webhooks;

/// <summary>Makes signature schemes of definitions.</summary>
internal static class WebhookSchemes
{
    public static SignatureScheme Of(WebhooksDefinition webhooks)
    {
        SignatureScheme scheme = webhooks.Signature switch
        {
            { Hmac: { } hmac } => Of(hmac),
            { Secret: { } secret } => secret.Header is { } header
                ? new SharedSecretScheme(SecretPlace.Header, header) { Prefix = secret.Prefix }
                : new SharedSecretScheme(SecretPlace.Query, secret.Query!) { Prefix = secret.Prefix },
            _ => StandardWebhooks.Scheme,
        };
        return scheme with { UnsignedHandshake = webhooks.Handshake?.Signature == false };
    }

    private static HmacScheme Of(WebhookHmacDefinition hmac) => new(hmac.Header)
    {
        Algorithm = hmac.Algorithm,
        Encoding = hmac.Encoding,
        Prefix = hmac.Prefix,
        Separator = hmac.Separator?[0],
        Content = SignedContent.Parse(hmac.Content),
        IdHeader = hmac.IdHeader,
        TimestampHeader = hmac.TimestampHeader,
        TimestampPrefix = hmac.TimestampPrefix,
        SecretEncoding = hmac.SecretEncoding,
        SecretPrefix = hmac.SecretPrefix,
        Tolerance = TimeSpan.FromSeconds(hmac.ToleranceSeconds),
    };
}
