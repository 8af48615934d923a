using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>Keeps why a poll failed and decides what is left of it.</summary>
public sealed class SyncFailures(SyncStore store, SyncEvents events, TimeProvider time, ILogger<SyncFailures> logger)
{
    /// <summary>Keeps the failure of an entity's poll.</summary>
    /// <param name="run">The poll of the entity.</param>
    /// <param name="comparing">Whether its comparison failed; otherwise the reading of its changes.</param>
    /// <param name="e">The failure.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <returns>When to poll the connection again, where the other entities would fail in the same way; null to go on with them.</returns>
    internal async Task<(DateTimeOffset? DueAt, DateTimeOffset? BackOffUntil)?> RecordAsync(
        EntityRun run, bool comparing, ApiException e, CancellationToken cancellationToken)
    {
        run.HasFailed = true;
        var now = time.GetUtcNow();
        var error = new SyncError(e.Code.Name, e.Message, now);
        PollMetrics.Failed(e.Code.Name);
        logger.LogWarning(e, "Polling {Entity} failed with {Code}: {Message}", run.Entity.Name, e.Code.Name, e.Message);
        if (e.Code == ErrorCode.RateLimitExceeded)
        {
            var until = PollPace.BackOff(now, e.RetryAfter, run.Poll.Connection.BackOffs + 1);
            await StoreAsync(run, run.Sync with { State = SyncState.BackingOff, Error = error }, cancellationToken);
            return (until, until);
        }

        var failed = After(run, comparing, e, error);
        if (!run.Sync.IsFailing)
        {
            await events.FailedAsync(run, error, cancellationToken);
            failed = failed with { Told = failed.Told + 1 };
        }

        await StoreAsync(run, failed, cancellationToken);
        return IsOfTheWhole(e) ? (e.Code == ErrorCode.ReauthorizationRequired ? null : run.DueAt, null) : null;
    }

    private static EntitySync After(EntityRun run, bool comparing, ApiException e, SyncError error)
    {
        var settings = run.Poll.Settings;
        var isMassDeletion = e.Code == ErrorCode.MassDeletion;
        var failed = run.Sync with { State = SyncState.Failed, Error = error, Failures = run.Sync.Failures + 1 };
        var retry = PollPace.Retry(settings, run.Entity.Name, error.At, failed.Failures);
        if (!comparing)
        {
            return failed with { DueAt = retry, CompareDueAt = failed.CompareDueAt < retry ? retry : failed.CompareDueAt };
        }

        // What is listed is so: looking again at once finds the same.
        failed = failed with { ComparisonError = error, Comparison = isMassDeletion ? null : failed.Comparison };
        return run.IsTimed
            ? failed with { CompareDueAt = isMassDeletion ? error.At + settings.CompareInterval : retry }
            : failed with { DueAt = isMassDeletion ? error.At + settings.IntervalOf(run.Entity.Name) : retry };
    }

    // Nobody answers, or not to us: asking for another entity would only press the system, or lock the account.
    private static bool IsOfTheWhole(ApiException e) =>
        e.Code == ErrorCode.SourceUnreachable || e.Code == ErrorCode.SourceUnavailable || e.Code == ErrorCode.SourceTimeout
        || e.Code == ErrorCode.ReauthorizationRequired || e.Code == ErrorCode.AuthenticationFailed;

    private async Task StoreAsync(EntityRun run, EntitySync sync, CancellationToken cancellationToken) =>
        run.Sync = await store.StoreAsync(run.Poll.ConnectionId, sync with { AttemptedAt = time.GetUtcNow() }, cancellationToken);
}
