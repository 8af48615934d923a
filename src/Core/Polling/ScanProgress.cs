namespace Millwright.Core.Polling;

/// <summary>How far a walk over an entity's records has come; kept after each page, so that a crash costs one page.</summary>
/// <param name="Began">When it began, by our clock.</param>
/// <param name="Since">From which time of change it reads; null for all records.</param>
public sealed record ScanProgress(DateTimeOffset Began, DateTimeOffset? Since)
{
    /// <summary>Whether it tells of all records, as a full first sync does.</summary>
    public bool TellsAll { get; init; }

    /// <summary>Where the next page begins; null for the first page.</summary>
    public string? Position { get; init; }

    /// <summary>Pages so far.</summary>
    public int Pages { get; init; }

    /// <summary>Records so far.</summary>
    public long Read { get; init; }

    /// <summary>Records of the whole walk, where the source says.</summary>
    public long? Total { get; init; }

    /// <summary>The latest time of change among them.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Whether all pages were read and only the records that are gone are left to be looked at.</summary>
    public bool AllRead { get; init; }
}
