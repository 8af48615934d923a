using System.Security.Cryptography;
using System.Text;

namespace Millwright.Core.Identity;

/// <summary>
/// How our own secrets are stored. They are 256 random bits, so one SHA-256 is enough: there is nothing to guess that a slow hash would protect.
/// </summary>
public static class SecretHash
{
    /// <summary>The hash as 64 lowercase hex digits.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether the secret has this hash, in constant time.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret)), Encoding.ASCII.GetBytes(hash));
}
