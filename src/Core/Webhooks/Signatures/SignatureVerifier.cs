namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Tells whether a webhook was sent by who has the secret. Pure, and total: whatever was sent, it answers and never throws.</summary>
public static class SignatureVerifier
{
    /// <summary>
    /// Verifies a webhook. The time it takes depends on the webhook's size and the number of secrets, not on how much of a signature is right.
    /// </summary>
    /// <param name="scheme">How the system signs.</param>
    /// <param name="request">What came.</param>
    /// <param name="secrets">Those that are live; several while one replaces another. Unusable ones are passed over, and with none left nothing is valid.</param>
    /// <param name="now">The time by our clock.</param>
    public static SignatureResult Verify(SignatureScheme scheme, WebhookRequest request, IReadOnlyList<string> secrets, DateTimeOffset now) => scheme switch
    {
        HmacScheme hmac => HmacVerifier.Verify(hmac, request, secrets, now),
        SharedSecretScheme shared => SharedSecretVerifier.Verify(shared, request, secrets),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
