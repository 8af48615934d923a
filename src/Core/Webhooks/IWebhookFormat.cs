using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Webhooks;

/// <summary>What a kind of system's webhooks look like. Declared by its connector; pure.</summary>
public interface IWebhookFormat
{
    /// <summary>How they prove who sent them.</summary>
    SignatureScheme Signature { get; }

    /// <summary>How long to wait before the record is read: some systems send before they commit. Zero for at once.</summary>
    TimeSpan SettleDelay { get; }

    /// <summary>The sender's id of this webhook, the same on each repetition; null where it gives none. Never throws.</summary>
    string? IdOf(WebhookRequest request);

    /// <summary>Reads what the webhook says.</summary>
    /// <exception cref="WebhookFormatException">It is no such webhook, or is about an entity that the connector does not have.</exception>
    WebhookNotice Read(ReadOnlyMemory<byte> body);

    /// <summary>The record that it carries, as normalized JSON; null where it carries none, so that it is read from the system.</summary>
    /// <exception cref="WebhookFormatException">It cannot be mapped, or <see cref="Read"/> refuses the webhook.</exception>
    ReadOnlyMemory<byte>? RecordOf(ReadOnlyMemory<byte> body);

    /// <summary>
    /// What to answer to a request that only asks whether somebody is here: a token of the request's, to be echoed as plain text; null for
    /// a real webhook. Asked only after the signature holds, unless <see cref="SignatureScheme.UnsignedHandshake"/>. Never throws.
    /// </summary>
    ReadOnlyMemory<byte>? AnswerToHandshake(WebhookRequest request);
}
