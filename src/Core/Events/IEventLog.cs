namespace Millwright.Core.Events;

/// <summary>Where events go that come up beside the records: into the change feed and to the endpoints.</summary>
public interface IEventLog
{
    /// <summary>Returns when the event is kept durably. An event with an id that is there already changes nothing.</summary>
    Task AppendAsync(FeedEvent happened, CancellationToken cancellationToken);
}
