using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Webhooks;

/// <summary>What a kind of system's webhooks look like. Declared by its connector; pure.</summary>
public interface IWebhookFormat
{
    /// <summary>How they prove who sent them.</summary>
    SignatureScheme Signature { get; }

    /// <summary>How long to wait before the record is read: some systems send before they commit. Zero for at once.</summary>
    TimeSpan SettleDelay { get; }

    /// <summary>Whether they carry the record; otherwise it is read from the system.</summary>
    bool CarriesRecord { get; }

    /// <summary>The sender's id of this webhook, the same on each repetition; null where it gives none.</summary>
    string? IdOf(WebhookRequest request);

    /// <summary>Reads what the webhook says.</summary>
    /// <exception cref="WebhookFormatException">It is no such webhook, or is about an entity that the connector does not have.</exception>
    WebhookNotice Read(ReadOnlyMemory<byte> body);

    /// <summary>The record that it carries, as normalized JSON.</summary>
    /// <exception cref="WebhookFormatException">There is none, or it cannot be mapped.</exception>
    ReadOnlyMemory<byte> RecordOf(ReadOnlyMemory<byte> body);

    /// <summary>
    /// What to answer to a request that only asks whether somebody is here, such as the echo of a token; null for a real webhook. Asked
    /// only after the signature holds, unless the scheme says that such requests are not signed.
    /// </summary>
    ReadOnlyMemory<byte>? AnswerToHandshake(WebhookRequest request);
}
