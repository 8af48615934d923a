namespace Millwright.Core.Webhooks.Signatures;

/// <summary>The hash of an <see cref="HmacScheme"/>.</summary>
public enum SignatureAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,

    /// <summary>SHA-1, for old systems: broken as a hash, still sound as a keyed one (RFC 6194).</summary>
    Sha1,
}
