namespace Millwright.Core.Webhooks.Signatures;

/// <summary>What a signature may be about.</summary>
public enum SignedPart
{
    /// <summary>The raw bytes of the body.</summary>
    Body,

    /// <summary>The address that the sender called, query included, as <see cref="WebhookRequest.Uri"/> was given.</summary>
    Uri,

    /// <summary>The sender's id, as its header has it.</summary>
    Id,

    /// <summary>The time, as it was sent.</summary>
    Timestamp,
}
