namespace Millwright.Core.Changes;

/// <summary>A record that is known to be there, or whose last event was not sent yet.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ReadAt">When the last read of it began that was kept; null where only webhooks brought it.</param>
/// <param name="EventAt">When its last event entered the feed; null where it was only noted.</param>
/// <param name="IsPending">Whether a crash kept that event from being sent, so that the record has to be looked at again.</param>
public sealed record LiveRecord(string Key, DateTimeOffset? ReadAt, DateTimeOffset? EventAt, bool IsPending);
