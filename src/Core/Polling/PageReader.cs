using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Identity;

namespace Millwright.Core.Polling;

/// <summary>Reads a page of records and hands each to <see cref="RecordChanges"/>, where webhooks go too.</summary>
public sealed class PageReader(RecordChanges changes, Ids ids, TimeProvider time)
{
    private const string Source = "poll";
    private const int RecordsAtOnce = 8;
    private const int ReadsAgain = 3;

    /// <summary>Reads one page.</summary>
    /// <param name="run">The poll of the entity.</param>
    /// <param name="progress">Where to go on.</param>
    /// <param name="policy">What to make of records that nothing is known of.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <exception cref="ApiException">What the system answered.</exception>
    internal async Task<(ScanProgress Progress, SyncCounts Counts, bool Missed, IReadOnlyList<string> Keys)> ReadAsync(
        EntityRun run, ScanProgress progress, UnknownRecords policy, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var page = await run.Poll.System.ScanAsync(new ScanRequest(run.Entity) { Since = progress.Since, Position = progress.Position }, cancellationToken);

        // A record may come twice on a page of a source whose records move while it lists them; the later one is the newer.
        var records = ScannedRecord.Of(page).GroupBy(r => r.Key, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var changed = 0;
        var missed = 0;
        await Parallel.ForEachAsync(
            records,
            new ParallelOptions { MaxDegreeOfParallelism = RecordsAtOnce, CancellationToken = cancellationToken },
            async (record, stop) =>
            {
                if (await ApplyAsync(run, record, readAt, policy, stop))
                {
                    Interlocked.Increment(ref changed);
                    if (!(record.UpdatedAt > readAt - PollPace.WebhookGrace))
                    {
                        Interlocked.Exchange(ref missed, 1);
                    }
                }
            });
        PollMetrics.Read(records.Count, changed);
        var newest = ChangeCursor.Latest(records.Select(r => r.UpdatedAt), progress.Began);
        return (
            progress with
            {
                Position = page.Position,
                Pages = progress.Pages + 1,
                Read = progress.Read + records.Count,
                Total = page.Total ?? progress.Total,
                Newest = newest > progress.Newest || progress.Newest is null ? newest : progress.Newest,
                AllRead = page.Position is null,
            },
            new SyncCounts(records.Count, changed, 0),
            missed > 0,
            [.. records.Select(r => r.Key)]);
    }

    /// <summary>Looks again at a record that a comparison did not come upon.</summary>
    /// <returns>Whether it is gone; null where that was known by then, or it is as it was.</returns>
    /// <exception cref="ApiException">What the system answered.</exception>
    internal async Task<bool?> LookAgainAsync(EntityRun run, string key, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var record = run.CanGet ? await run.Poll.System.FindAsync(run.Entity, key, cancellationToken) : default;
        return await ApplyAsync(run, Seen(run, key, record, readAt) with { Unlisted = record is not null }, cancellationToken) ? record is null : null;
    }

    private async Task<bool> ApplyAsync(
        EntityRun run, ScannedRecord record, DateTimeOffset readAt, UnknownRecords policy, CancellationToken cancellationToken)
    {
        var seen = Seen(run, record.Key, record.Json, readAt) with
        {
            NotesUnchanged = run.Poll.WatchedByWebhooks && record.UpdatedAt is null,
            Told = policy.TellsNoted,
            Change = policy.IsNew(record) ? ChangeKind.Created : null,
        };
        return !(policy.IsOld(record) && await changes.TryNoteAsync(seen, cancellationToken)) && await ApplyAsync(run, seen, cancellationToken);
    }

    // A webhook that brought the record while it was read leaves open which of the two is the newer.
    private async Task<bool> ApplyAsync(EntityRun run, Observation seen, CancellationToken cancellationToken)
    {
        for (var again = 0; ; again++)
        {
            var result = await changes.ApplyAsync(seen, cancellationToken);
            if (result != ApplyResult.ReadAgain || again == ReadsAgain || !run.CanGet)
            {
                return result is ApplyResult.Applied or ApplyResult.AppliedFirst;
            }

            var readAt = time.GetUtcNow();
            seen = Seen(run, seen.Key, await run.Poll.System.FindAsync(run.Entity, seen.Key, cancellationToken), readAt);
        }
    }

    private Observation Seen(EntityRun run, string key, ReadOnlyMemory<byte>? record, DateTimeOffset readAt) =>
        new(run.Poll.Connection.ApplicationId, run.Poll.ConnectionId, run.Poll.Connection.Provider, run.Entity.Name, key, record)
        {
            ReadAt = readAt,
            ReceivedAt = readAt,
            Cause = $"poll.{ids.New()}",
            Source = Source,
            RequestId = run.Poll.RequestId,
            Told = false,
        };
}
