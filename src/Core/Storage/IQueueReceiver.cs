namespace Millwright.Core.Storage;

/// <summary>Receives from queues where the host has no Service Bus to do it. In Azure the trigger receives, and nothing implements this.</summary>
/// <remarks>A queue's dead letters are the queue named <c>{queue}/$DeadLetterQueue</c>, which knows no sessions and no maximum delivery count.</remarks>
public interface IQueueReceiver
{
    /// <summary>
    /// Waits for the next message that may be handed out and locks it for the queue's lock duration. Of a queue with sessions, at most
    /// one message of a session is locked at a time, the oldest first.
    /// </summary>
    /// <remarks>A message whose delivery count has reached the maximum is dead-lettered instead of being handed out.</remarks>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; nothing is locked.</exception>
    Task<QueueDelivery> ReceiveAsync(string queue, CancellationToken cancellationToken);

    /// <summary>The message is done with.</summary>
    /// <returns>False if the lock was lost; the message is or will be delivered again.</returns>
    Task<bool> CompleteAsync(QueueDelivery delivery, CancellationToken cancellationToken);

    /// <summary>The message goes back and may be delivered again at once, ahead of those sent after it.</summary>
    /// <returns>False if the lock was lost.</returns>
    Task<bool> AbandonAsync(QueueDelivery delivery, CancellationToken cancellationToken);

    /// <summary>The message goes to the dead letters with a reason and a description.</summary>
    /// <returns>False if the lock was lost.</returns>
    /// <exception cref="ArgumentException">The message is a dead letter already.</exception>
    Task<bool> DeadLetterAsync(QueueDelivery delivery, string reason, string description, CancellationToken cancellationToken);

    /// <summary>Locks the message anew for the queue's lock duration.</summary>
    /// <returns>False if the lock was lost.</returns>
    Task<bool> RenewAsync(QueueDelivery delivery, CancellationToken cancellationToken);
}
