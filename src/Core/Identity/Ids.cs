using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Millwright.Core.Identity;

/// <summary>Makes ids and secrets. The one source of both, so that a test can make them repeatable.</summary>
public sealed class Ids(TimeProvider time, RandomNumberGenerator random)
{
    private const int TokenBytes = 32;

    /// <summary>An id: 32 lowercase hex digits, the first twelve the time in milliseconds, so that ids sort by age; 80 random bits.</summary>
    public string New()
    {
        Span<byte> id = stackalloc byte[16];
        random.GetBytes(id);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.GetUtcNow().ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(id);
        return Convert.ToHexStringLower(id);
    }

    /// <summary>A secret of 256 random bits, as base64url behind the prefix.</summary>
    /// <param name="prefix">Tells people and secret scanners what it is, such as <c>mwt_</c>.</param>
    public string NewSecret(string prefix)
    {
        Span<byte> secret = stackalloc byte[TokenBytes];
        random.GetBytes(secret);
        return prefix + System.Buffers.Text.Base64Url.EncodeToString(secret);
    }

    /// <summary>A signing key of 256 random bits, as plain base64 behind the prefix: the form that other programs' libraries read back.</summary>
    /// <param name="prefix">Tells people and secret scanners what it is, such as <c>whsec_</c>.</param>
    public string NewKey(string prefix)
    {
        Span<byte> key = stackalloc byte[TokenBytes];
        random.GetBytes(key);
        return prefix + Convert.ToBase64String(key);
    }
}
