using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Idempotency;

/// <summary>
/// Makes a write happen once. The intent is recorded before the connected system is called. When an answer was lost, to a crash or on the
/// network, the record is looked up by its reference before it could ever be created again, and it is created again only after the
/// <see cref="Lease"/> of the first try, in which the system must have ended it.
/// </summary>
/// <remarks>
/// Not guaranteed: a system that carries out a create later than the lease after we sent it, without having said so. None is known.
/// An error that says that nothing was written is not kept: the key is free again.
/// </remarks>
public sealed class IdempotentWrites(ITableStore tables, IBlobs blobs, Ids ids, TimeProvider time, ILogger<IdempotentWrites> logger)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>How long a try may take in all; longer than any connector's total timeout, and its system's own time to end what it began.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    // Half of a property's size: the rest of the row needs little, and larger answers go to a blob.
    private const int InlineAnswerBytes = TableLimits.PropertyBytes / 2;

    private readonly ITable _table = tables.Table("Idempotency");
    private readonly ConcurrentDictionary<string, byte> _underWay = new(StringComparer.Ordinal);

    /// <summary>Does the write, or answers what the first request with the key was answered.</summary>
    /// <exception cref="ApiException">
    /// <c>IDEMPOTENCY_KEY_REUSED</c>, <c>IDEMPOTENCY_IN_PROGRESS</c>, <c>OUTCOME_UNKNOWN</c>, or what the write itself answered.
    /// </exception>
    public async Task<EntityResult> OnceAsync(WriteIntent intent, IWrite write, CancellationToken cancellationToken)
    {
        var hash = HashOf(intent);
        if (!_underWay.TryAdd(hash, 0))
        {
            throw InProgress(AskAgain);
        }

        try
        {
            var (row, isNew) = await ClaimAsync(hash, intent, cancellationToken);
            return isNew ? await TryAsync(row, intent, write) : await ResumeAsync(row, intent, write, cancellationToken);
        }
        finally
        {
            _underWay.TryRemove(hash, out _);
        }
    }

    /// <summary>Deletes what is no longer remembered.</summary>
    /// <returns>How many keys went.</returns>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => Expiring.SweepAsync(
        _table,
        time.GetUtcNow(),
        row => row.Text("Blob") is { } blob ? blobs.DeleteAsync(blob, cancellationToken) : Task.CompletedTask,
        cancellationToken);

    private static string HashOf(WriteIntent intent) => SecretHash.Of($"{intent.ConnectionId}\n{intent.Key}");

    private static string ReferenceOf(TableRow row) => "mw-" + row.RowKey[..24];

    private static ApiException InProgress(TimeSpan wait) =>
        new(ErrorCode.IdempotencyInProgress, "The first request with this Idempotency-Key has not ended yet.") { RetryAfter = wait };

    private static ApiException Unknown(WriteIntent intent, Exception? cause, TimeSpan? wait) =>
        new(ErrorCode.OutcomeUnknown, "The connected system's answer was lost. Send the same request again with the same Idempotency-Key.", cause)
        {
            RetryAfter = wait,
            OutcomeUnknown = true,
            IdempotencyKey = intent.Key,
        };

    private async Task<(TableRow Row, bool IsNew)> ClaimAsync(string hash, WriteIntent intent, CancellationToken cancellationToken)
    {
        var fresh = new TableRow(Expiring.PartitionOf(hash), hash) { Properties = Pending(intent.Fingerprint) };
        while (true)
        {
            if (await _table.TryInsertAsync(fresh, cancellationToken) is { } etag)
            {
                return (fresh with { ETag = etag }, true);
            }

            var existing = await _table.GetAsync(fresh.PartitionKey, fresh.RowKey, cancellationToken);
            if (existing?.Text("Try") == fresh.Text("Try"))
            {
                // Our own insert, whose answer the storage client lost and retried.
                return (existing!, true);
            }

            if (existing?.Time(Expiring.ExpiresAt) > time.GetUtcNow())
            {
                return (existing, false);
            }

            if (existing is not null && await _table.TryReplaceAsync(fresh with { ETag = existing.ETag }, cancellationToken) is { } replaced)
            {
                if (existing.Text("Blob") is { } blob)
                {
                    await blobs.DeleteAsync(blob, cancellationToken);
                }

                return (fresh with { ETag = replaced }, true);
            }
        }
    }

    private async Task<EntityResult> ResumeAsync(TableRow row, WriteIntent intent, IWrite write, CancellationToken cancellationToken)
    {
        if (row.Text("Fingerprint") != intent.Fingerprint)
        {
            throw new ApiException(ErrorCode.IdempotencyKeyReused, "This Idempotency-Key was used for another request in the last 24 hours.");
        }

        if (row.Text("State") == "done")
        {
            return await AnswerAsync(row, cancellationToken);
        }

        // The first try ended without an answer, or runs in another process. What it made so far can be looked up at any time.
        if (write.Findable && await write.FindAsync(ReferenceOf(row)) is { } found)
        {
            return await DoneAsync(row, found);
        }

        var left = row.Time("LeaseUntil")!.Value - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            throw InProgress(left < AskAgain ? left : AskAgain);
        }

        if (!write.Findable && !write.Repeatable)
        {
            throw Unknown(intent, null, null);
        }

        var again = row with { Properties = Pending(intent.Fingerprint) };
        return await _table.TryReplaceAsync(again, cancellationToken) is { } etag
            ? await TryAsync(again with { ETag = etag }, intent, write)
            : throw InProgress(AskAgain);
    }

    /// <summary>From here on the caller's cancellation no longer counts: a write that was begun is ended.</summary>
    private async Task<EntityResult> TryAsync(TableRow row, WriteIntent intent, IWrite write)
    {
        EntityResult result;
        try
        {
            result = await write.DoAsync(ReferenceOf(row));
        }
        catch (ApiException e) when (!e.OutcomeUnknown)
        {
            // Nothing was written, so nothing has to be remembered.
            await _table.DeleteAsync(row.PartitionKey, row.RowKey, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The answer to write {Reference} was lost; looking for its record", ReferenceOf(row));
            result = (write.Findable ? await FindAfterLossAsync(row, write) : null) ?? throw Unknown(intent, e, AskAgain);
        }

        return await DoneAsync(row, result);
    }

    private async Task<EntityResult?> FindAfterLossAsync(TableRow row, IWrite write)
    {
        try
        {
            return await write.FindAsync(ReferenceOf(row));
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The system could not be asked for the record of write {Reference} either", ReferenceOf(row));
            return null;
        }
    }

    // What was written is answered even if it cannot be recorded: a repeat finds the record, or is told that the outcome is unknown.
    private async Task<EntityResult> DoneAsync(TableRow row, EntityResult result)
    {
        try
        {
            await RecordAsync(row, result);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Write {Reference} was done but could not be recorded as done", ReferenceOf(row));
        }

        return result;
    }

    private async Task RecordAsync(TableRow row, EntityResult result)
    {
        var properties = new Dictionary<string, object>(row.Properties, StringComparer.Ordinal) { ["State"] = "done" };
        if (result.Data.Length <= InlineAnswerBytes)
        {
            properties["Answer"] = result.Data.ToArray();
        }
        else
        {
            var blob = $"idempotency/{row.RowKey}";
            await blobs.PutAsync(blob, result.Data, CancellationToken.None);
            properties["Blob"] = blob;
        }

        if (await _table.TryReplaceAsync(row with { Properties = properties }, CancellationToken.None) is null)
        {
            // Another process found the same record and was first to say so.
            logger.LogInformation("Write {Reference} was recorded as done by another process", ReferenceOf(row));
        }
    }

    private async Task<EntityResult> AnswerAsync(TableRow row, CancellationToken cancellationToken)
    {
        var answer = row.Text("Blob") is { } blob ? await blobs.GetAsync(blob, cancellationToken) : row.Bytes("Answer");
        return new EntityResult(answer ?? throw new ApiException(ErrorCode.InternalError, "The recorded answer is missing.")) { Replayed = true };
    }

    private Dictionary<string, object> Pending(string fingerprint) => new(StringComparer.Ordinal)
    {
        ["State"] = "pending",
        ["Fingerprint"] = fingerprint,
        ["Try"] = ids.New(),
        ["LeaseUntil"] = time.GetUtcNow() + Lease,
        [Expiring.ExpiresAt] = time.GetUtcNow() + Retention,
    };
}
