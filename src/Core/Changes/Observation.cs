using Millwright.Core.Events;

namespace Millwright.Core.Changes;

/// <summary>How a record of a connected system was seen at some moment.</summary>
/// <param name="ApplicationId">Whose connection it is.</param>
/// <param name="ConnectionId">The connected system.</param>
/// <param name="Provider">Its kind.</param>
/// <param name="Entity">The entity's name in the model.</param>
/// <param name="Key">The record.</param>
/// <param name="Record">The normalized record, as UTF-8 JSON; null where it is gone.</param>
public sealed record Observation(string ApplicationId, string ConnectionId, string Provider, string Entity, string Key, ReadOnlyMemory<byte>? Record)
{
    /// <summary>When reading the record from the live system began; null where a webhook brought it.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When what led to this observation came in: the webhook, or the start of the read.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the source says happened; null where it does not say.</summary>
    public ChangeKind? Change { get; init; }

    /// <summary>Grows with every change of the record, where the source tells.</summary>
    public long? Version { get; init; }

    /// <summary>Tells what led to it from everything else, such as <see cref="Webhooks.WebhookEnvelope.Id"/>; the same when it is made again after a crash.</summary>
    public required string Cause { get; init; }

    /// <summary>
    /// Whether the system told of a change of the record, so that there was one even if nothing was known of the record before; otherwise it was
    /// only looked at, and a change is what differs.
    /// </summary>
    public bool Told { get; init; } = true;

    /// <summary>
    /// Whether finding the record unchanged has to be kept, so that an older look at it cannot pass for news. It need not where the record has a
    /// time of change, or where nobody else looks at it.
    /// </summary>
    public bool NotesUnchanged { get; init; } = true;

    /// <summary>Whether the system did not list it, although it has it: such as a stock level that is zero.</summary>
    public bool Unlisted { get; init; }

    /// <summary>How it was seen: <c>webhook</c> or <c>poll</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The request id of the call that led to it.</summary>
    public required string RequestId { get; init; }
}
