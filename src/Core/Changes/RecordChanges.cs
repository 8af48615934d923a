using System.Security.Cryptography;
using System.Text.Json;
using Millwright.Core.Events;

namespace Millwright.Core.Changes;

/// <summary>
/// Turns observations of records into events: each real change once, in order per record. All ways of seeing a change come together here,
/// so that one that is seen twice is one event.
/// </summary>
/// <remarks>
/// An event is decided by storing the record's new state together with the event, on the condition that the state is still the one it was
/// compared with. Only then does it go to the feed and to endpoints; whoever comes upon a state whose event was not sent, after a crash,
/// sends it first.
/// </remarks>
public sealed class RecordChanges(RecordStates states, EventPublisher publisher, TimeProvider time)
{
    // The webhook came in by one machine's clock and the read began by another's.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(1);

    /// <summary>Takes note of a webhook that needs no look at the record, since something at least as new was applied.</summary>
    /// <returns>False if it does need one.</returns>
    public async Task<bool> TryCoverAsync(Observation notice, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await states.GetAsync(notice, cancellationToken);
            if (known.Pending is not null || known.Sequence == 0 || known.Cause == notice.Cause || !ChangeOrder.IsCovered(known, notice.Version, notice.ReceivedAt + ClockDifference))
            {
                return false;
            }

            if (await TryNoteVersionAsync(notice, known, cancellationToken))
            {
                return true;
            }
        }
    }

    /// <summary>Compares the record with what is known of it and makes an event of the difference.</summary>
    public async Task<ApplyResult> ApplyAsync(Observation seen, CancellationToken cancellationToken)
    {
        var hash = HashOf(seen.Record);
        var updatedAt = UpdatedAtOf(seen.Record);
        while (true)
        {
            var known = await states.GetAsync(seen, cancellationToken);
            if (known.Pending is not null)
            {
                known = await PublishAsync(seen, known, cancellationToken);
            }

            if (known is null)
            {
                continue;
            }

            if (known.Cause == seen.Cause)
            {
                return known.Sequence == 1 ? ApplyResult.AppliedFirst : ApplyResult.Applied;
            }

            if (ChangeOrder.Refusal(known, seen, hash, updatedAt) is { } refusal)
            {
                if (refusal == ApplyResult.Stale && !await TryNoteVersionAsync(seen, known, cancellationToken))
                {
                    continue;
                }

                return refusal;
            }

            var changed = IsFirst(known, seen) || known.Hash != hash;
            if (!changed && !seen.NotesUnchanged && known.Unlisted == seen.Unlisted)
            {
                return ApplyResult.Unchanged;
            }

            if (await states.TryStoreAsync(seen, Next(known, seen, hash, updatedAt, changed), cancellationToken) is not { } stored)
            {
                continue;
            }

            if (!changed)
            {
                return ApplyResult.Unchanged;
            }

            await PublishAsync(seen, stored, cancellationToken);
            return known.Sequence == 0 ? ApplyResult.AppliedFirst : ApplyResult.Applied;
        }
    }

    /// <summary>Takes note of a record that is as it was before anybody asked for its changes: no event.</summary>
    /// <returns>False if something is known of the record already, with which it has to be compared.</returns>
    public async Task<bool> TryNoteAsync(Observation seen, CancellationToken cancellationToken)
    {
        var state = new RecordState
        {
            Hash = HashOf(seen.Record),
            UpdatedAt = UpdatedAtOf(seen.Record),
            ReadAt = seen.ReadAt,
        };
        return await states.TryStoreAsync(seen, state, cancellationToken) is not null;
    }

    // What the system tells of is a change, even of a record that was only noted: nobody knows whether before or after it.
    private static bool IsFirst(RecordState known, Observation seen) => seen.Told ? known.Sequence == 0 : known.ETag is null;

    private static string? HashOf(ReadOnlyMemory<byte>? record) => record is { } json ? Convert.ToHexStringLower(SHA256.HashData(json.Span)) : null;

    // What is known is at least as new as this, so a version before it that comes late is old.
    private async Task<bool> TryNoteVersionAsync(Observation old, RecordState known, CancellationToken cancellationToken) =>
        Later(known.Version, old.Version) == known.Version
        || await states.TryStoreAsync(old, known with { Version = old.Version }, cancellationToken) is not null;

    private RecordState Next(RecordState known, Observation seen, string? hash, DateTimeOffset? updatedAt, bool changed)
    {
        var next = known with
        {
            Hash = hash,
            UpdatedAt = updatedAt ?? known.UpdatedAt,
            Unlisted = seen.Unlisted,
            Version = Later(known.Version, seen.Version),
            ReadAt = Later(known.ReadAt, seen.ReadAt),
            BroughtAt = seen.ReadAt is null ? Later(known.BroughtAt, seen.ReceivedAt) : known.BroughtAt,
        };
        if (!changed)
        {
            return next;
        }

        var now = time.GetUtcNow();
        var change = new RecordChange(KindOf(known, seen), known.Sequence + 1, known.Hash, hash);
        return next with
        {
            Sequence = change.Sequence,
            Cause = seen.Cause,
            EventAt = After(known.EventAt, now),
            Pending = RecordEvent.Of(seen, change, now) with { At = After(known.EventAt, now) },
        };
    }

    private static ChangeKind KindOf(RecordState known, Observation seen) =>
        seen.Record is null ? ChangeKind.Deleted
        : IsFirst(known, seen) ? (seen.Change == ChangeKind.Created ? ChangeKind.Created : ChangeKind.Updated)
        : known.Hash is null ? ChangeKind.Created
        : ChangeKind.Updated;

    // The feed keeps a record's events in order by their times, whatever the clocks of two machines say.
    private static DateTimeOffset After(DateTimeOffset? last, DateTimeOffset now) => last >= now ? last.Value.AddTicks(1) : now;

    private static T? Later<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is null || (other is not null && other.Value.CompareTo(one.Value) > 0) ? other : one;

    private static DateTimeOffset? UpdatedAtOf(ReadOnlyMemory<byte>? record)
    {
        if (record is not { } json)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return RecordTime.Of(document.RootElement, "updatedAt");
    }

    /// <summary>Sends the decided event and forgets it.</summary>
    /// <returns>The state without it; null if it was changed meanwhile, and has to be read again.</returns>
    private async Task<RecordState?> PublishAsync(Observation record, RecordState state, CancellationToken cancellationToken)
    {
        while (!await publisher.TryPublishAsync(state.Pending!, cancellationToken))
        {
            // Its place in the feed is behind what readers have seen: it takes a new one.
            var at = After(state.EventAt, time.GetUtcNow());
            var moved = state with { EventAt = at, Pending = state.Pending! with { At = at } };
            if (await states.TryStoreAsync(record, moved, cancellationToken) is not { } stored)
            {
                return null;
            }

            state = stored;
        }

        return await states.TryStoreAsync(record, state with { Pending = null }, cancellationToken);
    }
}
