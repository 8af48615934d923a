using System.Security.Cryptography;
using System.Text;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Verifies a <see cref="SharedSecretScheme"/>.</summary>
internal static class SharedSecretVerifier
{
    public static SignatureResult Verify(SharedSecretScheme scheme, WebhookRequest request, IReadOnlyList<string> secrets)
    {
        // An empty secret would let everybody in.
        var usable = secrets.Where(s => s.Length > 0).ToArray();
        if (usable.Length == 0)
        {
            return SignatureResult.Rejected(SignatureRejection.NoSecret);
        }

        var values = scheme.Place == SecretPlace.Header ? request.Headers.GetValueOrDefault(scheme.Name) ?? [] : request.QueryValues(scheme.Name);
        if (values is not [var value])
        {
            return SignatureResult.Rejected(values.Count == 0 ? SignatureRejection.Missing : SignatureRejection.Malformed);
        }

        if (value.Length == 0)
        {
            return SignatureResult.Rejected(SignatureRejection.Missing);
        }

        if (!value.StartsWith(scheme.Prefix, StringComparison.Ordinal))
        {
            return SignatureResult.Rejected(SignatureRejection.Malformed);
        }

        // Hashes are of one length, so that the time it takes does not tell a secret's. All of them, whichever matches.
        var given = Hash(value[scheme.Prefix.Length..]);
        var matches = false;
        foreach (var secret in usable)
        {
            matches |= CryptographicOperations.FixedTimeEquals(given, Hash(secret));
        }

        return matches ? SignatureResult.Valid : SignatureResult.Rejected(SignatureRejection.Wrong);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
