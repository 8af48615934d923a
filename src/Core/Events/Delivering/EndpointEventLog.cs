namespace Millwright.Core.Events.Delivering;

/// <summary>Sends events to endpoints and nowhere else; what stands in for the change feed as long as there is none.</summary>
public sealed class EndpointEventLog(Deliveries deliveries) : IEventLog
{
    /// <inheritdoc/>
    public Task AppendAsync(FeedEvent happened, CancellationToken cancellationToken) => deliveries.EnqueueAsync(happened, cancellationToken);
}
