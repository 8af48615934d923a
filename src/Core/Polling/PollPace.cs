namespace Millwright.Core.Polling;

/// <summary>When an entity is polled next. Pure.</summary>
public static class PollPace
{
    /// <summary>A change as old as this, which a poll finds first, is one that a webhook should have told of by then.</summary>
    public static readonly TimeSpan WebhookGrace = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How much sooner than its interval an entity is due: a timer that looks once a minute finds it up to a minute later, and an interval is the
    /// longest that a change can be missed.
    /// </summary>
    public static readonly TimeSpan TimerSlack = TimeSpan.FromSeconds(59);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(15);

    /// <summary>After a poll that came to its end.</summary>
    /// <param name="settings">What the application chose.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="began">When the poll began.</param>
    /// <param name="webhooks">What its webhooks tell.</param>
    /// <remarks>
    /// While webhooks flow the interval is the long one, but the end of their window is not slept through: if none came until then, the next poll
    /// is at that moment and the ones after follow the short interval.
    /// </remarks>
    public static DateTimeOffset Next(SyncSettings settings, string entity, DateTimeOffset began, WebhookSignal webhooks)
    {
        var soon = began + settings.IntervalOf(entity) - TimerSlack;
        if (webhooks.LastAt is not { } last || last + settings.WebhookWindow <= began || webhooks.MissedAt + settings.WebhookWindow > began)
        {
            return soon;
        }

        var silent = last + settings.WebhookWindow;
        var late = began + settings.IntervalWithWebhooks - TimerSlack;
        var next = silent < late ? silent : late;
        return next > soon ? next : soon;
    }

    /// <summary>After a poll that failed: sooner than the interval, so that a system that is back is caught up with, but with growing pauses.</summary>
    /// <param name="settings">What the application chose.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time.</param>
    /// <param name="failures">Failures in a row, from 1.</param>
    public static DateTimeOffset Retry(SyncSettings settings, string entity, DateTimeOffset now, int failures)
    {
        var pause = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 16));
        var longest = settings.IntervalOf(entity);
        return now + (pause < longest ? pause : longest);
    }

    /// <summary>Until when a system is left alone that asked for fewer requests.</summary>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">What it asked for; null where it did not say.</param>
    /// <param name="backOffs">How often in a row it asked, from 1.</param>
    public static DateTimeOffset BackOff(DateTimeOffset now, TimeSpan? retryAfter, int backOffs)
    {
        var doubled = FirstBackOff * Math.Pow(2, Math.Min(backOffs - 1, 16));
        var pause = doubled < LongestBackOff ? doubled : LongestBackOff;
        return now + (retryAfter > pause ? retryAfter.Value : pause);
    }
}
