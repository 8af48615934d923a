namespace Millwright.Core.Polling;

/// <summary>How the sync of one entity of a connection stands. Written by the poll alone.</summary>
/// <param name="Entity">The entity's name in the model.</param>
public sealed record EntitySync(string Entity)
{
    /// <summary>How it stands.</summary>
    public SyncState State { get; init; }

    /// <summary>When it is polled next; in the past until a poll that is under way has come to its end.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When the first poll began; null before it.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When a poll last read something or tried to.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>When a poll last came to its end.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Up to which change it was read; null where its source has no times of change, and before the first poll.</summary>
    public ChangeCursor? Cursor { get; init; }

    /// <summary>The reading of changes that is under way.</summary>
    public ScanProgress? Changes { get; init; }

    /// <summary>The reading of all records that is under way.</summary>
    public ScanProgress? Comparison { get; init; }

    /// <summary>When the last comparison of all records that came to its end began; null before the first.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>Whether a full first sync told of all records that were there.</summary>
    public bool HasToldAll { get; init; }

    /// <summary>When all records are compared next, if not with every poll; in the past while that is under way, null before the first poll.</summary>
    public DateTimeOffset? CompareDueAt { get; init; }

    /// <summary>Why the last comparison failed, where the reading of changes goes on nevertheless.</summary>
    public SyncError? ComparisonError { get; init; }

    /// <summary>When a poll last found a change that a webhook should have told of.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Whether the next comparison may find any number of records gone.</summary>
    public bool AcceptsDeletions { get; init; }

    /// <summary>Whether its end is an event: it is the first one, something was wrong before, or somebody asked for it.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Events of it so far.</summary>
    public int Told { get; init; }

    /// <summary>Failures in a row, those of comparisons included.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last poll failed; null after one that did not.</summary>
    public SyncError? Error { get; init; }

    /// <summary>What all polls came to.</summary>
    public SyncCounts Counts { get; init; } = SyncCounts.None;

    /// <summary>The version that was read; null before it was stored.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether it failed last, which was told and whose end will be.</summary>
    internal bool IsFailing => Failures > 0;

    /// <summary>Whether a poll left something for the next one.</summary>
    internal bool IsUnderWay => Changes is not null || Comparison is not null;

    /// <summary>Whether all its records were read once, so that one that is not known is new.</summary>
    internal bool HasBaseline => ComparedAt is not null;
}
