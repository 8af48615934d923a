namespace Millwright.Core.Polling;

/// <summary>Up to which change an entity was read. Pure.</summary>
/// <param name="Newest">The latest time of change that was seen, by the system's own clock.</param>
/// <param name="SeenAt">When the walk began that saw it first, by ours.</param>
/// <remarks>
/// Systems stamp a change before others can read it, by as much as its transaction takes, so a walk begins <see cref="Overlap"/> before the
/// newest change. Once that was read again after the overlap has passed, nothing before it can come up any more, and an idle poll reads nothing.
/// The two clocks are compared only to let the cursor move on where nothing newer is seen, with room for a clock that is
/// <see cref="ClockDifference"/> late.
/// </remarks>
public sealed record ChangeCursor(DateTimeOffset Newest, DateTimeOffset SeenAt)
{
    /// <summary>The longest transaction that is waited for. What takes longer is found by the next comparison.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>How far the system's clock may be behind ours.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromHours(1);

    private static readonly TimeSpan CoarsestStamp = TimeSpan.FromSeconds(1);

    /// <summary>Whether the newest change was read again after the overlap had passed.</summary>
    public bool Settled { get; init; }

    /// <summary>From which time of change the next walk reads.</summary>
    public DateTimeOffset Since => Settled ? Newest + CoarsestStamp : Newest - Overlap;

    /// <summary>The cursor of an entity from which only changes are told: what was stamped in the last while is read once and not told.</summary>
    public static ChangeCursor From(DateTimeOffset now) => new(now - ClockDifference, now);

    /// <summary>The latest time of change that a walk may be followed to; null if there is none.</summary>
    /// <param name="times">The times of change it saw.</param>
    /// <param name="walkBegan">When it began, by our clock.</param>
    /// <remarks>
    /// A time ahead of ours is a mistake of the record's, or of the system's clock; following it could skip every change until then. Such a
    /// record is read again until its time has come.
    /// </remarks>
    public static DateTimeOffset? Latest(IEnumerable<DateTimeOffset?> times, DateTimeOffset walkBegan) => times.Where(t => t <= walkBegan).Max();

    /// <summary>The cursor after a walk that came to its end.</summary>
    /// <param name="seen">The <see cref="Latest"/> time of change in it; null if it saw none.</param>
    /// <param name="walkBegan">When it began, by our clock.</param>
    public ChangeCursor After(DateTimeOffset? seen, DateTimeOffset walkBegan)
    {
        if (seen > Newest)
        {
            return new ChangeCursor(seen.Value, walkBegan);
        }

        var floor = walkBegan - ClockDifference - Overlap;
        return floor > Newest
            ? new ChangeCursor(floor, walkBegan) { Settled = true }
            : this with { Settled = Settled || walkBegan - SeenAt >= Overlap };
    }
}
