namespace Millwright.Core.Polling;

/// <summary>What an application chose for the polling of a connection.</summary>
public sealed record SyncSettings
{
    /// <summary>The shortest interval: the timer's own.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    /// <summary>The longest interval of any kind.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    /// <summary>The largest <see cref="RequestsPerMinute"/>.</summary>
    public const int MostRequestsPerMinute = 6_000;

    /// <summary>Whether the connection is polled at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The entities that are polled; null for all that the system can list.</summary>
    public IReadOnlyList<string>? Entities { get; init; }

    /// <summary>What the first sync tells of the records that are there already.</summary>
    public SyncStart Start { get; init; } = SyncStart.Now;

    /// <summary>Between two polls of an entity whose webhooks do not flow: the longest that a change can be missed.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two polls of an entity whose webhooks flow; not shorter than <see cref="Interval"/>.</summary>
    public TimeSpan IntervalWithWebhooks { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an entity's webhooks may be silent and still count as flowing.</summary>
    public TimeSpan WebhookWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Between two comparisons of all records of an entity, by which deletions are found and what was missed.</summary>
    public TimeSpan CompareInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The most requests to the connected system in any minute, repetitions and logins included.</summary>
    public int RequestsPerMinute { get; init; } = 60;

    /// <summary>The interval of an entity by name, where it is not <see cref="Interval"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Intervals { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>The interval of this entity while its webhooks do not flow.</summary>
    public TimeSpan IntervalOf(string entity) => Intervals.TryGetValue(entity, out var own) ? own : Interval;
}
