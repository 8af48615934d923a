using System.Security.Cryptography;
using System.Text;

namespace Millwright.Embedded.Vault;

/// <summary>Seals text with AES-256-GCM under a name: what is sealed under one name does not open under another.</summary>
/// <remarks>Sealed bytes are the nonce, the tag and the ciphertext. Nonces are random, which is sound for 2^32 secrets under one key.</remarks>
internal sealed class SecretBox(byte[] key, RandomNumberGenerator random)
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public byte[] Seal(string name, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        random.GetBytes(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), BoundTo(name));
        return box;
    }

    /// <exception cref="AuthenticationTagMismatchException">It was sealed with another key or under another name, or was changed.</exception>
    public string Open(string name, byte[] box)
    {
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, BoundTo(name));
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] BoundTo(string name) => Encoding.UTF8.GetBytes(name.ToLowerInvariant());
}
