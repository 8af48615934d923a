namespace Millwright.Core.Webhooks.Signatures;

/// <summary>How a secret's text becomes a key.</summary>
public enum SecretEncoding
{
    /// <summary>The text's UTF-8 bytes are the key.</summary>
    Text,

    /// <summary>The text is the key in base64.</summary>
    Base64,

    /// <summary>The text is the key in hex.</summary>
    Hex,
}
