namespace Millwright.Core.Storage;

/// <summary>Sends to queues. Receiving is the host's job (Service Bus triggers).</summary>
public interface IQueueSender
{
    /// <summary>Returns when the queue has the message durably; a message with a MessageId seen within the queue's duplicate window is dropped.</summary>
    /// <exception cref="StorageLimitException">The message is over <see cref="QueueLimits"/>, or the queue needs a session id and it has none.</exception>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken);
}
