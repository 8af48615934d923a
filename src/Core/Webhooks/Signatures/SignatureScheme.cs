namespace Millwright.Core.Webhooks.Signatures;

/// <summary>How a system's webhooks prove who sent them: an <see cref="HmacScheme"/> or a <see cref="SharedSecretScheme"/>.</summary>
public abstract record SignatureScheme
{
    // Closed, so that the verifier knows every one.
    private protected SignatureScheme()
    {
    }

    /// <summary>Whether a handshake comes unsigned, so that it is answered before the signature is looked at.</summary>
    public bool UnsignedHandshake { get; init; }
}
