using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>Keeps why a poll failed and decides what is left of it.</summary>
public sealed class SyncFailures(SyncStore store, SyncEvents events, TimeProvider time, ILogger<SyncFailures> logger)
{
    /// <summary>Keeps the failure of an entity's poll.</summary>
    /// <returns>When to poll the connection again, where the other entities would fail in the same way; null to go on with them.</returns>
    internal async Task<(DateTimeOffset? DueAt, DateTimeOffset? BackOffUntil)?> RecordAsync(EntityRun run, ApiException e, CancellationToken cancellationToken)
    {
        run.HasFailed = true;
        var now = time.GetUtcNow();
        var error = new SyncError(e.Code.Name, e.Message, now);
        PollMetrics.Failed(e.Code.Name);
        logger.LogWarning(e, "Polling {Entity} failed with {Code}: {Message}", run.Entity.Name, e.Code.Name, e.Message);
        if (e.Code == ErrorCode.RateLimitExceeded)
        {
            var until = PollPace.BackOff(now, e.RetryAfter, run.Poll.Connection.BackOffs + 1);
            await StoreAsync(run, run.Sync with { State = SyncState.BackingOff, Error = error, DueAt = until }, cancellationToken);
            return (until, until);
        }

        var isNew = run.Sync.State != SyncState.Failed;
        if (isNew)
        {
            await events.FailedAsync(run, error, cancellationToken);
        }

        await StoreAsync(run, After(run, e, error, now), cancellationToken);
        return IsOfTheWhole(e) ? (e.Code == ErrorCode.ReauthorizationRequired ? null : run.Sync.DueAt, null) : null;
    }

    private static EntitySync After(EntityRun run, ApiException e, SyncError error, DateTimeOffset now)
    {
        var failures = run.Sync.Failures + 1;
        var failed = run.Sync with { State = SyncState.Failed, Error = error, Failures = failures };
        return e.Code == ErrorCode.MassDeletion
            ? failed with
            {
                Comparison = null,
                ComparisonError = error,
                CompareDueAt = now + run.Poll.Settings.CompareInterval,
                DueAt = run.IsTimed ? run.Sync.DueAt : now + run.Poll.Settings.IntervalOf(run.Entity.Name),
            }
            : failed with { DueAt = PollPace.Retry(run.Poll.Settings, run.Entity.Name, now, failures) };
    }

    // Nobody answers, or not to us: asking for another entity would only press the system, or lock the account.
    private static bool IsOfTheWhole(ApiException e) =>
        e.Code == ErrorCode.SourceUnreachable || e.Code == ErrorCode.SourceUnavailable || e.Code == ErrorCode.SourceTimeout
        || e.Code == ErrorCode.ReauthorizationRequired || e.Code == ErrorCode.AuthenticationFailed;

    private async Task StoreAsync(EntityRun run, EntitySync sync, CancellationToken cancellationToken) =>
        run.Sync = await store.TryStoreAsync(run.Poll.ConnectionId, sync with { AttemptedAt = time.GetUtcNow() }, cancellationToken) ?? throw new SyncConflictException();
}
