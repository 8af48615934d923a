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
        if (!run.AreChangesDue(now))
        {
            return;
        }

        Begin(run, now);
        var cursor = run.Sync.Cursor!;
        var progress = run.Sync.Changes ?? new ScanProgress(now, cursor.Since);
        while (!progress.AllRead && time.GetUtcNow() < run.Poll.Until)
        {
            (progress, _) = await ReadPageAsync(run, progress, UnknownToChanges(run, progress), cancellationToken);
            if (!progress.AllRead)
            {
                await StoreAsync(run, run.Sync with { Changes = progress }, cancellationToken);
            }
        }

        if (progress.AllRead)
        {
            var done = run.Sync with
            {
                Changes = null,
                Cursor = cursor.After(progress.Newest, progress.Began),
                DueAt = NextAfter(run, progress),
            };
            await EndAsync(run, done, cancellationToken);
        }
    }

    /// <summary>Compares all records with what is known, where that is due, and finds those that are gone.</summary>
    /// <inheritdoc cref="ReadChangesAsync"/>
    internal async Task CompareAsync(EntityRun run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!run.IsComparisonDue(now))
        {
            return;
        }

        Begin(run, now);
        var progress = run.Sync.Comparison ?? new ScanProgress(now, null) { TellsAll = IsFullFirst(run) };
        while (!progress.AllRead && time.GetUtcNow() < run.Poll.Until)
        {
            (progress, var keys) = await ReadPageAsync(run, progress, UnknownToComparison(run, progress), cancellationToken);
            await StoreAsync(run, progress, keys, cancellationToken);
        }

        if (progress.AllRead && await FindDeletedAsync(run, progress, cancellationToken))
        {
            var done = run.Sync with
            {
                Comparison = null,
                ComparedAt = progress.Began,
                HasToldAll = run.Sync.HasToldAll || progress.TellsAll,
                ComparisonError = null,
                AcceptsDeletions = false,

                // One that was asked for while this walk had begun already is left to do.
                CompareDueAt = IsFullFirst(run) && !progress.TellsAll ? time.GetUtcNow() : progress.Began + run.Poll.Settings.CompareInterval,
                DueAt = run.IsTimed ? run.Sync.DueAt : NextAfter(run, progress),
            };
            await EndAsync(run, done, cancellationToken);

            // What a crash leaves here goes with the next comparison.
            await seen.ForgetAsync(run.Poll.ConnectionId, run.Entity.Name, progress.Pages, cancellationToken);
        }
    }

    // Another version of the connector may find changes in another way than the one that began.
    private static void Begin(EntityRun run, DateTimeOffset now) => run.Sync = run.Sync with
    {
        BeganAt = run.Sync.BeganAt ?? now,
        Cursor = run.IsTimed ? run.Sync.Cursor ?? ChangeCursor.From(run.Sync.ComparedAt ?? now) : null,
        Changes = run.IsTimed ? run.Sync.Changes : null,
        CompareDueAt = run.Sync.CompareDueAt ?? (run.Poll.Settings.Start == SyncStart.Full ? now : now + run.Poll.Settings.CompareInterval),
    };

    private static DateTimeOffset NextAfter(EntityRun run, ScanProgress walk) =>
        PollPace.Next(run.Poll.Settings, run.Entity.Name, walk.Began, new WebhookSignal(run.WebhookAt, run.Sync.MissedAt));

    private static bool TellsAll(EntityRun run) => run.Sync.HasBaseline || run.Poll.Settings.Start == SyncStart.Full;

    private static bool IsFullFirst(EntityRun run) => run.Poll.Settings.Start == SyncStart.Full && !run.Sync.HasToldAll;

    // The very first reading reaches back into the time before anybody asked.
    private static UnknownRecords UnknownToChanges(EntityRun run, ScanProgress progress) => new(
        Tells: TellsAll(run) || run.Sync.SucceededAt is not null,
        AllAreNew: TellsAll(run),
        From: run.Sync.SucceededAt is null ? run.Sync.BeganAt : progress.Since);

    private static UnknownRecords UnknownToComparison(EntityRun run, ScanProgress progress) => new(Tells: TellsAll(run), AllAreNew: TellsAll(run), From: run.Sync.BeganAt)
    {
        TellsNoted = progress.TellsAll,
    };

    private async Task<(ScanProgress Progress, IReadOnlyList<string> Keys)> ReadPageAsync(
        EntityRun run, ScanProgress progress, UnknownRecords unknown, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(progress);
        }
        catch (ApiException e) when (e.Code == ErrorCode.InvalidCursor && progress.Position is not null)
        {
            // The system no longer knows where we were: from the start, with what was applied so far found unchanged.
            return await ReadAsync(new ScanProgress(progress.Began, progress.Since) { TellsAll = progress.TellsAll });
        }

        async Task<(ScanProgress, IReadOnlyList<string>)> ReadAsync(ScanProgress from)
        {
            var page = await pages.ReadAsync(run, from, unknown, cancellationToken);
            Count(run, page.Counts);

            // What the first reading finds, nobody could have told of.
            var isFirst = from.Since is null ? !run.Sync.HasBaseline : run.Sync.SucceededAt is null;
            if (page.Missed && !isFirst && run.WebhookAt is not null)
            {
                run.Sync = run.Sync with { MissedAt = time.GetUtcNow() };
            }

            return (page.Progress, page.Keys);
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
    /// <param name="cancellationToken">The host stops.</param>
    private async Task EndAsync(EntityRun run, EntitySync done, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isFirst = IsFullFirst(run) ? done.HasToldAll : run.IsTimed ? run.Sync.SucceededAt is null : !run.Sync.HasBaseline && done.HasBaseline;
        done = done with
        {
            SucceededAt = now,
            Failures = done.ComparisonError is null ? 0 : done.Failures,
            Error = done.ComparisonError,
            IsAwaited = isFirst || run.Sync.IsAwaited || run.Sync.IsFailing,
        };

        // Where a comparison is due, it is the end.
        var isEnd = !done.IsFailing && !done.IsUnderWay && !(run.IsTimed && done.CompareDueAt <= now);
        if (done.IsAwaited && isEnd)
        {
            await events.CompletedAsync(run, cancellationToken);
            done = done with { IsAwaited = false, Told = done.Told + 1 };
        }

        await StoreAsync(run, done, cancellationToken);
    }

    private async Task StoreAsync(EntityRun run, ScanProgress comparison, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var page = comparison.Pages - 1;
        await seen.AddAsync(run.Poll.ConnectionId, run.Entity.Name, page, keys, cancellationToken);
        try
        {
            await StoreAsync(run, run.Sync with { Comparison = comparison }, cancellationToken);
        }
        catch (SyncConflictException)
        {
            // If the connection is gone, so is what knew of the page; if another poll wants it, that one begins again.
            await seen.RemoveAsync(run.Poll.ConnectionId, run.Entity.Name, page, cancellationToken);
            throw;
        }
    }

    private async Task StoreAsync(EntityRun run, EntitySync sync, CancellationToken cancellationToken)
    {
        var state = sync.IsFailing ? SyncState.Failed : sync.IsUnderWay ? SyncState.InProgress : SyncState.Done;
        run.Sync = await store.StoreAsync(run.Poll.ConnectionId, sync with { State = state, AttemptedAt = time.GetUtcNow() }, cancellationToken);
    }
}
