namespace Millwright.Core.Events;

/// <summary>Something that happened, as it stands in the change feed and goes to endpoints.</summary>
/// <param name="Id">Deterministic: made again after a crash, it is the same.</param>
/// <param name="Type">One of <see cref="EventType"/>.</param>
/// <param name="At">When it entered the feed; grows from one event of a record to the next.</param>
/// <param name="ApplicationId">The application that may see it.</param>
/// <param name="ConnectionId">The connection it is about; null where it is about none.</param>
/// <param name="Json">The event as the API shows it: a UTF-8 JSON object with <c>id</c>, <c>type</c>, <c>createdAt</c>, <c>data</c>, …</param>
public sealed record FeedEvent(string Id, string Type, DateTimeOffset At, string ApplicationId, string? ConnectionId, ReadOnlyMemory<byte> Json)
{
    /// <summary>The entity of a record's change; null for other events.</summary>
    public string? Entity { get; init; }
}
