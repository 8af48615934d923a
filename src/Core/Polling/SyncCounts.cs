namespace Millwright.Core.Polling;

/// <summary>What the polls of an entity came to, since it is polled.</summary>
/// <param name="Read">Records read.</param>
/// <param name="Changed">Events of records that were new or changed.</param>
/// <param name="Deleted">Events of records that were gone.</param>
public sealed record SyncCounts(long Read, long Changed, long Deleted)
{
    /// <summary>None yet.</summary>
    public static SyncCounts None { get; } = new(0, 0, 0);

    /// <summary>Both together.</summary>
    public static SyncCounts operator +(SyncCounts one, SyncCounts other) =>
        new(one.Read + other.Read, one.Changed + other.Changed, one.Deleted + other.Deleted);
}
