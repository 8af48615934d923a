using System.Text;

namespace Millwright.Core.Storage;

/// <summary>The bounds of <see cref="IVault"/>, which are Key Vault's.</summary>
public static class VaultLimits
{
    /// <summary>Characters of a name.</summary>
    public const int NameLength = 127;

    /// <summary>Bytes of a secret in UTF-8.</summary>
    public const int SecretBytes = 25_000;

    /// <summary>Checks a name.</summary>
    /// <exception cref="StorageLimitException">It is empty, too long, or holds another character than a letter, digit or dash.</exception>
    public static void CheckName(string name)
    {
        if (name.Length is 0 or > NameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new StorageLimitException($"'{name}' is not a secret's name: 1 to {NameLength} letters, digits and dashes.");
        }
    }

    /// <summary>Checks a secret's size. The message never holds the secret.</summary>
    /// <exception cref="StorageLimitException">It is too large.</exception>
    public static void CheckSecret(string secret)
    {
        if (Encoding.UTF8.GetByteCount(secret) is var size and > SecretBytes)
        {
            throw new StorageLimitException($"A secret of {size} bytes is over the limit of {SecretBytes}.");
        }
    }
}
