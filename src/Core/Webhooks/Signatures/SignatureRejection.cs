namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Why a signature was rejected. For metrics; the sender is never told, since that would help who guesses.</summary>
public enum SignatureRejection
{
    /// <summary>The signature, or the id or time that it needs, did not come.</summary>
    Missing,

    /// <summary>It came more than once, or is not of the scheme's form.</summary>
    Malformed,

    /// <summary>It is of no secret of ours, or of something else than what came.</summary>
    Wrong,

    /// <summary>It is right and older than the tolerance.</summary>
    Stale,

    /// <summary>It is right and from further ahead than the tolerance.</summary>
    Future,

    /// <summary>We have no secret that could be used.</summary>
    NoSecret,
}
