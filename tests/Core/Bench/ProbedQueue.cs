using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>A queue under a probe.</summary>
internal sealed class ProbedQueue(IQueueSender inner, Probe probe) : IQueueSender
{
    public Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken) =>
        probe.WriteAsync(() => inner.SendAsync(queue, message, cancellationToken));
}
