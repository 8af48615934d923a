using System.Runtime.CompilerServices;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Delivering;

/// <summary>Every delivery with its tries, in a table a month, so that what is too old goes with a whole table.</summary>
public sealed class DeliveryLog(ITableStore tables, IBlobs blobs, TimeProvider time)
{
    /// <summary>What the tables' names start with; the month of the event follows, such as <c>202611</c>.</summary>
    public const string TablePrefix = "Deliveries";

    // The partition that lists the month's blobs; no endpoint's id is so.
    private const string BlobsPartition = "Blobs";

    // Behind all deliveries of the partition, whose keys are hex digits: which delivery an event has.
    private const string EventKeyPrefix = "z-";

    // Half of a property's size, beyond which an event goes to a blob: rows are read whole, by every list.
    private const int InlineBytes = TableLimits.PropertyBytes / 2;

    private readonly MonthlyTables _months = new(tables, TablePrefix);

    /// <summary>Keeps an event that is too large for a row in a blob, once for all its deliveries.</summary>
    /// <returns>The blob's name; null for an event that fits.</returns>
    public async Task<string?> KeepAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Json.Length <= InlineBytes)
        {
            return null;
        }

        // Listed first: a blob that no list names could never be deleted.
        var hash = DeliveryId.HashOf(happened.Id);
        var blob = $"deliveries/{MonthlyTables.MonthOf(happened.At)}/{hash}";
        await TableOf(happened.At).TryInsertAsync(
            new TableRow(BlobsPartition, hash) { Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Blob"] = blob } }, cancellationToken);
        await blobs.PutAsync(blob, happened.Json, cancellationToken);
        return blob;
    }

    /// <summary>Adds the delivery of an event to an endpoint, unless the event has one already.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="blob">What <see cref="KeepAsync"/> gave.</param>
    /// <param name="now">When the first try is due.</param>
    /// <param name="cancellationToken">Cancels before it is added; later it may have been.</param>
    /// <returns>The delivery that the event has then.</returns>
    public async Task<DeliveryRecord> AddAsync(
        FeedEvent happened, string endpointId, string? blob, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var delivery = new DeliveryRecord(DeliveryId.Of(happened), endpointId, happened.Id, happened.Type, happened.At)
        {
            ConnectionId = happened.ConnectionId,
            NextTryAt = now,
            Json = happened.Json,
            Blob = blob,
        };
        var table = TableOf(happened.At);
        var byEvent = new TableRow(endpointId, EventKeyPrefix + DeliveryId.HashOf(happened.Id))
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Delivery"] = delivery.Id },
        };
        while (!await table.TryTransactAsync([new TableWrite.Insert(byEvent), new TableWrite.Insert(DeliveryRows.ToRow(delivery))], cancellationToken))
        {
            if (await table.GetAsync(endpointId, byEvent.RowKey, cancellationToken) is { } known
                && await FindAsync(endpointId, known.Text("Delivery")!, cancellationToken) is { } existing)
            {
                return existing;
            }
        }

        return delivery;
    }

    /// <summary>The delivery, or null.</summary>
    public async Task<DeliveryRecord?> FindAsync(string endpointId, string id, CancellationToken cancellationToken) =>
        DeliveryId.TimeOf(id) is { } at && await TableOf(at).GetAsync(endpointId, id, cancellationToken) is { } row ? DeliveryRows.FromRow(row) : null;

    /// <summary>Replaces the delivery as it was read.</summary>
    /// <returns>Its new version; null if it was changed since.</returns>
    public async Task<DeliveryRecord?> TryReplaceAsync(DeliveryRecord delivery, CancellationToken cancellationToken) =>
        await TableOf(delivery.At).TryReplaceAsync(DeliveryRows.ToRow(delivery), cancellationToken) is { } etag ? delivery with { ETag = etag } : null;

    /// <summary>The event's JSON; null where it is no longer kept.</summary>
    public async Task<ReadOnlyMemory<byte>?> JsonOfAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        if (delivery.Blob is null)
        {
            return delivery.Json;
        }

        // As a statement each, because a conditional expression would make an empty memory of a missing array.
        var json = await blobs.GetAsync(delivery.Blob, cancellationToken);
        if (json is null)
        {
            return null;
        }

        return json;
    }

    /// <summary>Whether the text can stand behind <c>after</c> in <see cref="ListAsync"/>.</summary>
    public static bool IsCursor(string text) => DeliveryId.TimeOf(text) is not null;

    /// <summary>The endpoint's deliveries, those of the latest events first.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="after">The id of a delivery; only those behind it are given. Null for all.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public async IAsyncEnumerable<DeliveryRecord> ListAsync(
        string endpointId, string? after, int take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var newest = after is not null && DeliveryId.TimeOf(after) is { } at ? at : DateTimeOffset.MaxValue;
        foreach (var table in await _months.NewestFirstAsync(newest, cancellationToken))
        {
            // One more character makes it the key right behind it.
            var range = new RowRange(after + "0", EventKeyPrefix, take);
            await foreach (var row in table.QueryAsync(endpointId, range, cancellationToken))
            {
                yield return DeliveryRows.FromRow(row);
                take--;
            }

            if (take == 0)
            {
                break;
            }
        }
    }

    /// <summary>Drops the months that are older than the retention, with the events in blobs.</summary>
    public Task<IReadOnlyList<string>> DropOldAsync(TimeSpan retention, CancellationToken cancellationToken) => _months.DropOldAsync(
        time.GetUtcNow(),
        retention,
        async table =>
        {
            await foreach (var row in table.QueryAsync(BlobsPartition, RowRange.All, cancellationToken))
            {
                await blobs.DeleteAsync(row.Text("Blob")!, cancellationToken);
            }
        },
        cancellationToken);

    private ITable TableOf(DateTimeOffset at) => _months.At(at);
}
