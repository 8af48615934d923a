using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Events;

/// <summary>A queue that can be down.</summary>
public sealed class UnreliableSender(IQueueSender sender) : IQueueSender
{
    /// <summary>Whether it is down.</summary>
    public bool Down { get; set; }

    public Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken) =>
        Down ? throw new IOException("The queue is down.") : sender.SendAsync(queue, message, cancellationToken);
}
