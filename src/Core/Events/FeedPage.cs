namespace Millwright.Core.Events;

/// <summary>A page of the change feed.</summary>
/// <param name="Events">The events, the oldest first.</param>
/// <param name="Cursor">Where to read on, now or later; also on a page without events.</param>
/// <param name="HasMore">Whether reading on at once may find more.</param>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Events, string Cursor, bool HasMore);
