using System.Buffers;
using System.Security.Cryptography;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Computes signatures and reads and writes their text.</summary>
internal static class HmacDigest
{
    /// <summary>The bytes of a signature.</summary>
    public static byte[] Compute(HmacScheme scheme, byte[] key, in SignedValues values)
    {
        using var hash = IncrementalHash.CreateHMAC(NameOf(scheme.Algorithm), key);
        scheme.Content.AppendTo(hash, values);
        return hash.GetHashAndReset();
    }

    /// <summary>The bytes of a signature's text, or null where it is not of the scheme's form and length.</summary>
    public static byte[]? Decode(HmacScheme scheme, ReadOnlySpan<char> text)
    {
        var digest = new byte[LengthOf(scheme.Algorithm)];
        var read = scheme.Encoding switch
        {
            // A text of the right length with white space in it has too few bytes.
            SignatureEncoding.Base64 => text.Length == (digest.Length + 2) / 3 * 4 && Convert.TryFromBase64Chars(text, digest, out var length) && length == digest.Length,
            _ => text.Length == digest.Length * 2 && Convert.FromHexString(text, digest, out _, out _) == OperationStatus.Done,
        };
        return read ? digest : null;
    }

    /// <summary>The text of a signature.</summary>
    public static string Encode(HmacScheme scheme, byte[] digest) =>
        scheme.Encoding == SignatureEncoding.Base64 ? Convert.ToBase64String(digest) : Convert.ToHexStringLower(digest);

    private static HashAlgorithmName NameOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        SignatureAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        SignatureAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        SignatureAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    private static int LengthOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.Sha256 => 32,
        SignatureAlgorithm.Sha384 => 48,
        SignatureAlgorithm.Sha512 => 64,
        SignatureAlgorithm.Sha1 => 20,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
