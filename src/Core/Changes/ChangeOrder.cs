namespace Millwright.Core.Changes;

/// <summary>Puts observations of a record in order. Pure.</summary>
/// <remarks>
/// A read that began later saw everything that came in before it began, so it covers every webhook received until then, for as long as what
/// it saw is what is known. A webhook that comes after a read may have been sent before it: it is put in order by the record's own time of
/// change, and where that does not tell, the record is read again. That is so where either found it gone, and where it brings the very content
/// that was read without a time: that may be from long ago, and taken for the newer, it would let in what is older than the read. Webhooks that
/// bring the record are put in order among themselves by the source's version, or else by that time.
/// </remarks>
public static class ChangeOrder
{
    /// <summary>Why the observation must not be applied over what is known; null where it may.</summary>
    /// <param name="known">What was applied last.</param>
    /// <param name="seen">The observation.</param>
    /// <param name="hash">The hash of the observed record; null where it is gone.</param>
    /// <param name="updatedAt">The observed record's own time of change; null where it has none.</param>
    public static ApplyResult? Refusal(RecordState known, Observation seen, string? hash, DateTimeOffset? updatedAt)
    {
        if (seen.ReadAt is { } readAt)
        {
            return readAt < known.BroughtAt && !IsAsRead(known) ? ApplyResult.ReadAgain : readAt < known.ReadAt ? ApplyResult.Stale : null;
        }

        if (IsCovered(known, seen.Version, seen.ReceivedAt))
        {
            return ApplyResult.Stale;
        }

        // What was read has no version, so a version says nothing about which of the two is the newer.
        var wasRead = known.ReadAt is not null && IsAsRead(known);
        if ((seen.Version is null || wasRead) && updatedAt < known.UpdatedAt)
        {
            return ApplyResult.Stale;
        }

        if (wasRead && !TimeTells(known, hash, updatedAt))
        {
            return ApplyResult.ReadAgain;
        }

        // Without a version, late news of a record that is gone look like its return.
        return known is { Sequence: > 0, Hash: null } && seen is { Version: null, Record: not null } ? ApplyResult.ReadAgain : null;
    }

    /// <summary>Whether a notice needs no look at the record: something at least as new was applied.</summary>
    /// <param name="known">What was applied last.</param>
    /// <param name="version">The notice's version, where the source tells.</param>
    /// <param name="receivedAt">When the notice came in.</param>
    public static bool IsCovered(RecordState known, long? version, DateTimeOffset receivedAt) =>
        version <= known.Version || (receivedAt < known.ReadAt && IsAsRead(known));

    // What is gone has no time: the one that is kept is of the content before. The same content is the same state only if its time is, too.
    private static bool TimeTells(RecordState known, string? hash, DateTimeOffset? updatedAt) =>
        known.Hash is not null && (updatedAt > known.UpdatedAt || (updatedAt is not null && hash == known.Hash));

    private static bool IsAsRead(RecordState known) => known.BroughtAt is null || known.BroughtAt < known.ReadAt;
}
