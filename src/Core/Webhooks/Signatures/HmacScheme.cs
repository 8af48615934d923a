namespace Millwright.Core.Webhooks.Signatures;

/// <summary>A keyed hash (RFC 2104) of what is sent, in a header.</summary>
/// <param name="Header">The header that holds it.</param>
public sealed record HmacScheme(string Header) : SignatureScheme
{
    /// <summary>The hash.</summary>
    public SignatureAlgorithm Algorithm { get; init; } = SignatureAlgorithm.Sha256;

    /// <summary>How the header writes it.</summary>
    public SignatureEncoding Encoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>What stands before it: <c>sha256=</c> in <c>sha256=5d98…</c>. Items of the header without it say something else.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// What separates the header's items where it has several, such as <c>,</c> in <c>t=1492774577,v1=5257…</c>. Several signatures may be
    /// among them, of which one has to be right. Null for a header that holds one signature and nothing else.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>What the hash is about.</summary>
    public SignedContent Content { get; init; } = SignedContent.BodyAlone;

    /// <summary>The header of the sender's id, where that is signed.</summary>
    public string? IdHeader { get; init; }

    /// <summary>The header of the time, in seconds since 1970, where that is signed and has a header of its own.</summary>
    public string? TimestampHeader { get; init; }

    /// <summary>What stands before the time where that is an item of <see cref="Header"/>: <c>t=</c> in <c>t=1492774577,v1=5257…</c>.</summary>
    public string? TimestampPrefix { get; init; }

    /// <summary>How a secret's text becomes the key.</summary>
    public SecretEncoding SecretEncoding { get; init; } = SecretEncoding.Text;

    /// <summary>What a secret's text begins with that is no part of the key, such as <c>whsec_</c>. A secret without it is taken whole.</summary>
    public string SecretPrefix { get; init; } = "";

    /// <summary>How far the time may be from ours, before and after. Without a signed time it means nothing.</summary>
    /// <value>Five minutes unless the scheme says otherwise.</value>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);
}
