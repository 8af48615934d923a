namespace Millwright.Core.Events.Delivering;

/// <summary>When to try again what failed. Pure.</summary>
public static class RetrySchedule
{
    /// <summary>After this time since the first try there is none any more. The last one is at its end.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>The longest Retry-After that is believed.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(6);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    // The share of a pause by which jitter may make it longer. Never shorter, so that the first try again is not before 30 s.
    private const double Spread = 0.2;

    // Beyond it a pause is longer than all of GiveUpAfter.
    private const int MaxDoublings = 12;

    /// <summary>The pause after a try: 30 s, doubled with each further one, and up to a fifth longer.</summary>
    /// <param name="tries">How many there were, from 1.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static TimeSpan Pause(int tries, double jitter) =>
        FirstPause * Math.Pow(2, Math.Min(tries - 1, MaxDoublings)) * (1 + (Spread * jitter));

    /// <summary>The time of the next try, or null if there is to be none.</summary>
    /// <param name="tries">How many there were, from 1.</param>
    /// <param name="firstTry">When the first one was.</param>
    /// <param name="now">When the last one was.</param>
    /// <param name="retryAfter">How long the other side asks to wait; null where it does not say.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset firstTry, DateTimeOffset now, TimeSpan? retryAfter, double jitter)
    {
        var end = firstTry + GiveUpAfter;
        if (now >= end)
        {
            return null;
        }

        var asked = retryAfter is { } wait ? (wait < MaxRetryAfter ? wait : MaxRetryAfter) : TimeSpan.Zero;
        var pause = Pause(tries, jitter);
        var next = now + (asked > pause ? asked : pause);
        return next < end ? next : end;
    }
}
