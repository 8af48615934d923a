namespace Millwright.Core.Storage;

/// <summary>A message handed out under a lock.</summary>
/// <param name="Queue">Where it was received.</param>
/// <param name="Message">The message as sent.</param>
/// <param name="LockToken">Proves the lock when settling.</param>
/// <param name="SequenceNumber">Its place in the queue; grows with every message sent.</param>
/// <param name="DeliveryCount">1 on the first delivery.</param>
/// <param name="EnqueuedAt">When the queue took it, or when it became due if it was scheduled.</param>
/// <param name="LockedUntil">When the lock ends unless renewed.</param>
public sealed record QueueDelivery(
    string Queue,
    QueueMessage Message,
    string LockToken,
    long SequenceNumber,
    int DeliveryCount,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset LockedUntil)
{
    /// <summary>On a dead letter: why it was dead-lettered, such as <c>MaxDeliveryCountExceeded</c>.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>On a dead letter: the description given with the reason.</summary>
    public string? DeadLetterDescription { get; init; }
}
