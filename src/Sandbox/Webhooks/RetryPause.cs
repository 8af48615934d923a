namespace Millwright.Sandbox.Webhooks;

/// <summary>How long a webhook that was not taken waits before it is tried again.</summary>
internal static class RetryPause
{
    /// <summary>A webhook whose change is older than this is not tried again.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromHours(24);

    private const int LongestSeconds = 60;

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <returns>1, 2, 4, … 60 seconds.</returns>
    public static TimeSpan After(int attempt) => TimeSpan.FromSeconds(Math.Min(LongestSeconds, 1L << Math.Min(attempt - 1, 30)));
}
