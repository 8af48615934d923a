namespace Millwright.Core.Webhooks.Signatures;

/// <summary>How a header writes a signature's bytes.</summary>
public enum SignatureEncoding
{
    /// <summary>Hex digits of either case.</summary>
    Hex,

    /// <summary>Base64 with its padding.</summary>
    Base64,
}
