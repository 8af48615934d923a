namespace Millwright.Core.Polling;

/// <summary>What a poll makes of records that nothing is known of: new ones, ones that changed, or ones from before the first sync. Pure.</summary>
/// <param name="Tells">Whether they are told of at all.</param>
/// <param name="AllAreNew">Whether each of them is new: all others were read before, or all are to be told of as such.</param>
/// <param name="From">Those that changed at this time of the system's or later are told of in any case; null where their times say nothing.</param>
internal sealed record UnknownRecords(bool Tells, bool AllAreNew, DateTimeOffset? From)
{
    /// <summary>Whether records that were only noted so far are told of, too.</summary>
    public bool TellsNoted { get; init; }

    /// <summary>Whether it is only noted.</summary>
    public bool IsOld(ScannedRecord record) => !Tells && !(record.UpdatedAt >= From);

    /// <summary>Whether it was created, and not only changed, since it was last looked for.</summary>
    public bool IsNew(ScannedRecord record) => AllAreNew || record.CreatedAt >= From;
}
