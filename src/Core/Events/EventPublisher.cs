using Millwright.Core.Events.Delivering;

namespace Millwright.Core.Events;

/// <summary>Sends events where they are read: to the change feed, then to the endpoints that want them.</summary>
public sealed class EventPublisher(ChangeFeed feed, Deliveries deliveries, TimeProvider time) : IEventLog
{
    /// <summary>Publishes the event. Doing it again, after a crash, changes nothing.</summary>
    /// <returns>False if its time is too long ago for the feed; publish it with a newer one.</returns>
    public async Task<bool> TryPublishAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (!await feed.TryAppendAsync(happened, cancellationToken))
        {
            return false;
        }

        await deliveries.EnqueueAsync(happened, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task AppendAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        while (!await TryPublishAsync(happened, cancellationToken))
        {
            happened = happened with { At = time.GetUtcNow() };
        }
    }
}
