namespace Millwright.Core.Events;

/// <summary>Where events go that come up beside the records: into the change feed and to the endpoints.</summary>
public interface IEventLog
{
    /// <summary>Returns when the event is kept durably. Each endpoint gets an event of the same id once.</summary>
    /// <remarks>Called again after a crash, the event may be in the feed twice, with the same id.</remarks>
    Task AppendAsync(FeedEvent happened, CancellationToken cancellationToken);
}
