namespace Millwright.Core.Events;

/// <summary>Sends events where they are read: to the change feed, then to the endpoints that want them.</summary>
public sealed class EventPublisher(ChangeFeed feed)
{
    /// <summary>Publishes the event. Doing it again, after a crash, changes nothing.</summary>
    /// <returns>False if its time is too long ago for the feed; publish it with a newer one.</returns>
    public Task<bool> TryPublishAsync(FeedEvent e, CancellationToken cancellationToken) => feed.TryAppendAsync(e, cancellationToken);
}
