using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>
/// Polls one entity: reads what changed since last time, and now and then all records, to compare them with what is known. Goes page by page
/// and keeps how far it came after each, so that a crash, or the end of the poll's time, costs nothing but the page it was at.
/// </summary>
public sealed class EntityPoll(PageReader pages, DeletionSearch deletions, SeenKeys seen, SyncStore store, SyncEvents events, TimeProvider time)
{
    /// <summary>Reads the changes, where the source can tell them by their time and they are due.</summary>
    /// <exception cref="ApiException">What the system answered.</exception>
    /// <exception cref="SyncConflictException">Another poll goes on instead.</exception>
    internal async Task ReadChangesAsync(EntityRun run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!run.IsTimed || (run.Sync.Changes is null && run.Sync.DueAt > now))
        {
            return;
        }

        Begin(run, now);
        var cursor = run.Sync.Cursor!;
        var progress = run.Sync.Changes ?? new ScanProgress(now, cursor.Since);
        var missed = false;
        while (!progress.AllRead && time.GetUtcNow() < run.Poll.Until)
        {
            (progress, var missedHere, _) = await ReadPageAsync(run, progress, UnknownToChanges(run, progress), cancellationToken);
            missed |= missedHere;
            if (!progress.AllRead)
            {
                await StoreAsync(run, run.Sync with { Changes = progress, State = run.Sync.SucceededAt is null ? SyncState.InProgress : run.Sync.State }, cancellationToken);
            }
        }

        if (progress.AllRead)
        {
            var done = run.Sync with
            {
                Changes = null,
                Cursor = cursor.After(progress.Newest, progress.Began),
            };
            await EndAsync(run, done, progress.Began, missed, cancellationToken);
        }
    }

    /// <summary>Compares all records with what is known, where that is due, and finds those that are gone.</summary>
    /// <inheritdoc cref="ReadChangesAsync"/>
    internal async Task CompareAsync(EntityRun run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Begin(run, now);
        if (run.Sync.Comparison is null && !IsComparisonDue(run, run.Sync, now))
        {
            return;
        }

        var progress = run.Sync.Comparison ?? new ScanProgress(now, null);
        var missed = false;
        while (!progress.AllRead && time.GetUtcNow() < run.Poll.Until)
        {
            (progress, var missedHere, var keys) = await ReadPageAsync(run, progress, UnknownToComparison(run), cancellationToken);
            missed |= missedHere && run.Sync.HasBaseline;
            await seen.AddAsync(run.Poll.ConnectionId, run.Entity.Name, progress.Pages - 1, keys, cancellationToken);
            await StoreAsync(run, run.Sync with { Comparison = progress, State = SyncState.InProgress }, cancellationToken);
        }

        if (progress.AllRead && await FindDeletedAsync(run, progress, cancellationToken))
        {
            await seen.ForgetAsync(run.Poll.ConnectionId, run.Entity.Name, progress.Pages, cancellationToken);
            var done = run.Sync with
            {
                Comparison = null,
                ComparedAt = progress.Began,
                HasToldAll = run.Poll.Settings.Start == SyncStart.Full,
                ComparisonError = null,
                AcceptsDeletions = false,
                CompareDueAt = progress.Began + run.Poll.Settings.CompareInterval,
            };
            await EndAsync(run, done, run.IsTimed ? null : progress.Began, missed, cancellationToken);
        }
    }

    private static void Begin(EntityRun run, DateTimeOffset now)
    {
        if (run.Sync.BeganAt is null)
        {
            run.Sync = run.Sync with
            {
                BeganAt = now,
                Cursor = run.IsTimed ? ChangeCursor.From(now) : null,
                CompareDueAt = run.Poll.Settings.Start == SyncStart.Full ? now : now + run.Poll.Settings.CompareInterval,
            };
        }
    }

    private static bool IsComparisonDue(EntityRun run, EntitySync sync, DateTimeOffset now) => (run.IsTimed ? sync.CompareDueAt : sync.DueAt) <= now;

    private static bool TellsAll(EntityRun run) => run.Sync.HasBaseline || run.Poll.Settings.Start == SyncStart.Full;

    private static bool IsFullFirst(EntityRun run) => run.Poll.Settings.Start == SyncStart.Full && !run.Sync.HasToldAll;

    // The very first reading reaches back into the time before anybody asked.
    private static UnknownRecords UnknownToChanges(EntityRun run, ScanProgress progress) => new(
        Tells: TellsAll(run) || run.Sync.SucceededAt is not null,
        AllAreNew: TellsAll(run),
        From: run.Sync.SucceededAt is null ? run.Sync.BeganAt : progress.Since);

    private static UnknownRecords UnknownToComparison(EntityRun run) => new(
        Tells: TellsAll(run),
        AllAreNew: TellsAll(run),
        From: run.Sync.Cursor?.Since > run.Sync.BeganAt ? run.Sync.Cursor.Since : run.Sync.BeganAt)
    {
        TellsNoted = IsFullFirst(run),
    };

    private async Task<(ScanProgress Progress, bool Missed, IReadOnlyList<string> Keys)> ReadPageAsync(
        EntityRun run, ScanProgress progress, UnknownRecords unknown, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(progress);
        }
        catch (ApiException e) when (e.Code == ErrorCode.InvalidCursor && progress.Position is not null)
        {
            // The system no longer knows where we were: from the start, with what was applied so far found unchanged.
            return await ReadAsync(new ScanProgress(progress.Began, progress.Since));
        }

        async Task<(ScanProgress, bool, IReadOnlyList<string>)> ReadAsync(ScanProgress from)
        {
            var page = await pages.ReadAsync(run, from, unknown, cancellationToken);
            Count(run, page.Counts);
            return (page.Progress, page.Missed, page.Keys);
        }
    }

    /// <returns>False where it is left to the next poll.</returns>
    private async Task<bool> FindDeletedAsync(EntityRun run, ScanProgress progress, CancellationToken cancellationToken)
    {
        var missing = await deletions.FindAsync(run, progress, cancellationToken);
        if (missing is null)
        {
            await StoreAsync(run, run.Sync with { Comparison = null }, cancellationToken);
            return false;
        }

        foreach (var key in missing)
        {
            if (time.GetUtcNow() >= run.Poll.Until)
            {
                return false;
            }

            switch (await pages.LookAgainAsync(run, key, cancellationToken))
            {
                case true:
                    Count(run, new SyncCounts(0, 0, 1));
                    break;
                case false:
                    Count(run, new SyncCounts(1, 1, 0));
                    break;
            }
        }

        return true;
    }

    private static void Count(EntityRun run, SyncCounts counts)
    {
        run.Counts += counts;
        run.Sync = run.Sync with { Counts = run.Sync.Counts + counts };
    }

    /// <param name="run">The poll of the entity.</param>
    /// <param name="done">How its sync stands then.</param>
    /// <param name="began">When it began, if its interval counts from this; null to leave the next time as it is.</param>
    /// <param name="missed">Whether it found what a webhook should have told of.</param>
    /// <param name="cancellationToken">The host stops.</param>
    private async Task EndAsync(EntityRun run, EntitySync done, DateTimeOffset? began, bool missed, CancellationToken cancellationToken)
    {
        var missedAt = missed && run.WebhookAt is not null ? time.GetUtcNow() : done.MissedAt;
        done = done with
        {
            MissedAt = missedAt,
            State = done.Comparison is not null ? SyncState.InProgress : done.ComparisonError is not null ? SyncState.Failed : SyncState.Done,
            SucceededAt = time.GetUtcNow(),
            DueAt = began is { } at ? PollPace.Next(run.Poll.Settings, run.Entity.Name, at, new WebhookSignal(run.WebhookAt, missedAt)) : done.DueAt,
            Failures = 0,
            Error = done.ComparisonError,
        };
        var isTold = (IsFullFirst(run) && done.HasToldAll) || run.Sync.Requested || run.Sync.State == SyncState.Failed;
        if (isTold && done.State == SyncState.Done && !IsComparisonDue(run, done, time.GetUtcNow()))
        {
            await events.CompletedAsync(run, cancellationToken);
            done = done with { Requested = false };
        }

        await StoreAsync(run, done, cancellationToken);
    }

    private async Task StoreAsync(EntityRun run, EntitySync sync, CancellationToken cancellationToken) =>
        run.Sync = await store.TryStoreAsync(run.Poll.ConnectionId, sync with { AttemptedAt = time.GetUtcNow() }, cancellationToken) ?? throw new SyncConflictException();
}
