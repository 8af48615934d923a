namespace Millwright.Core.Webhooks;

/// <summary>When a webhook that could not be processed is tried again. Pure.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    // Some systems send before they commit; a commit that takes longer than this is left to polling.
    private static readonly TimeSpan[] Rechecks = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    /// <summary>The pause before the next try; null when there is none.</summary>
    /// <param name="attempt">How often it was put off before, from 0.</param>
    /// <param name="maxAttempts">Tries before a webhook is parked.</param>
    /// <param name="retryAfter">What the system asked for; followed up to a quarter of an hour.</param>
    public static TimeSpan? Pause(int attempt, int maxAttempts, TimeSpan? retryAfter)
    {
        if (attempt + 1 >= maxAttempts)
        {
            return null;
        }

        var doubled = First * Math.Pow(2, attempt);
        var pause = retryAfter > doubled ? retryAfter.Value : doubled;
        return pause < Longest ? pause : Longest;
    }

    /// <summary>The pause before a record that has not changed yet is read again; null when it counts as unchanged.</summary>
    /// <param name="recheck">How often it was read again before, from 0.</param>
    public static TimeSpan? Recheck(int recheck) => recheck < Rechecks.Length ? Rechecks[recheck] : null;
}
