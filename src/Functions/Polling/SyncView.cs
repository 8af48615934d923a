using Millwright.Core.Errors;
using Millwright.Core.Polling;

namespace Millwright.Functions.Polling;

/// <summary>The polling of a connection as the API shows it.</summary>
internal static class SyncView
{
    private static readonly string[] Refusals = [ErrorCode.AuthenticationFailed.Name, ErrorCode.ReauthorizationRequired.Name];

    /// <summary>How it stands.</summary>
    /// <param name="overview">All there is; null for a connection that was never polled.</param>
    /// <param name="polled">The entities that are polled.</param>
    public static object Of(SyncOverview? overview, IReadOnlyList<string> polled) => new
    {
        enabled = overview?.Connection.Settings.Enabled ?? false,
        next_due = overview?.Connection.DueAt,
        backing_off_until = overview?.Connection.BackOffUntil,
        sync_status = StatusOf(overview),
        entities = polled.Select(name => Of(overview?.Entities.GetValueOrDefault(name) ?? new EntitySync(name), overview?.WebhooksAt.TryGetValue(name, out var at) == true ? at : null)),
    };

    /// <summary>What was chosen.</summary>
    public static object Of(SyncSettings settings, IReadOnlyList<string> pollable) => new
    {
        settings.Enabled,
        settings.Entities,
        pollable_entities = pollable,
        settings.Start,
        interval_seconds = settings.Interval.TotalSeconds,
        interval_with_webhooks_seconds = settings.IntervalWithWebhooks.TotalSeconds,
        webhook_window_seconds = settings.WebhookWindow.TotalSeconds,
        compare_interval_seconds = settings.CompareInterval.TotalSeconds,
        settings.RequestsPerMinute,
        intervals = settings.Intervals.ToDictionary(i => i.Key, i => i.Value.TotalSeconds),
    };

    /// <summary>
    /// All in one word of the public contract's: <c>inprogress</c>, <c>done</c>, <c>fulldone</c> once all records of every entity were read,
    /// <c>error</c>, or <c>fail</c> where the credentials are refused. A connection that is not polled has nothing left to wait for.
    /// </summary>
    public static string StatusOf(SyncOverview? overview)
    {
        if (overview is null || !overview.Connection.Settings.Enabled)
        {
            return "fulldone";
        }

        var entities = overview.Entities.Values;
        return entities.Any(e => e.Error is { } error && Refusals.Contains(error.Code)) ? "fail"
            : entities.Any(e => e.State == SyncState.Failed) ? "error"
            : entities.Count == 0 || entities.Any(e => e.State is SyncState.Waiting or SyncState.InProgress) ? "inprogress"
            : entities.All(e => e.ComparedAt is not null) ? "fulldone"
            : "done";
    }

    /// <summary>When a poll last came to its end.</summary>
    public static DateTimeOffset? UpdatedAt(SyncOverview? overview) => overview?.Entities.Values.Max(e => e.SucceededAt);

    private static object Of(EntitySync sync, DateTimeOffset? webhookAt) => new
    {
        sync.Entity,
        state = NameOf(sync.State),
        last_success = sync.SucceededAt,
        last_attempt = sync.AttemptedAt,
        next_due = sync.BeganAt is null ? (DateTimeOffset?)null : sync.DueAt,
        cursor = sync.Cursor?.Newest,
        progress = (sync.Comparison ?? sync.Changes) is { } walk ? new { walk.Read, walk.Total } : null,
        last_compared = sync.ComparedAt,
        next_compare = sync.CompareDueAt,
        last_webhook = webhookAt,
        counts = new { sync.Counts.Read, sync.Counts.Changed, sync.Counts.Deleted },
        sync.Failures,
        last_error = sync.Error is { } error ? new { error.Code, error.Message, error.At } : null,
    };

    private static string NameOf(SyncState state) => state switch
    {
        SyncState.Waiting => "waiting",
        SyncState.InProgress => "in_progress",
        SyncState.Done => "done",
        SyncState.Failed => "failed",
        SyncState.BackingOff => "backing_off",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
