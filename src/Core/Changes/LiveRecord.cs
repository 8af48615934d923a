namespace Millwright.Core.Changes;

/// <summary>A record that is known to be there.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ReadAt">When the last read of it began that was kept; null where only webhooks brought it.</param>
/// <param name="EventAt">When its last event entered the feed; null where it was only noted.</param>
public sealed record LiveRecord(string Key, DateTimeOffset? ReadAt, DateTimeOffset? EventAt);
