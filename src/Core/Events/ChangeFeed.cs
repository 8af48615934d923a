using Millwright.Core.Errors;
using Millwright.Core.Storage;

namespace Millwright.Core.Events;

/// <summary>
/// All events of an application in the order of their times, for reading on with a cursor. An event is shown once it is
/// <see cref="SettleWindow"/> old, and can enter only until well before that, so that nothing ever appears behind a cursor.
/// </summary>
/// <remarks>
/// Assumes that the clocks of the machines that run this differ by less than a second. Events go by dropping whole months.
/// </remarks>
public sealed class ChangeFeed(ITableStore tables, TimeProvider time)
{
    /// <summary>What the monthly tables' names start with.</summary>
    public const string TablePrefix = "Events";

    /// <summary>The age from which an event is shown.</summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(5);

    // The rest of the window is for a write that is under way, and for clocks that differ.
    private static readonly TimeSpan AppendWindow = SettleWindow / 2;

    // Rows looked at in one call, so that a filter that matches nothing ends all the same.
    private const int MaxScanned = 5_000;

    // An application's events are spread over partitions, each of which Azure lets take two thousand writes a second.
    private const int Shards = 4;

    private readonly MonthlyTables _months = new(tables, TablePrefix);

    /// <summary>Puts the event at its place in the feed. Nothing happens if it is there already.</summary>
    /// <returns>False if its time is too long ago: a reader may have passed its place.</returns>
    public async Task<bool> TryAppendAsync(FeedEvent e, CancellationToken cancellationToken)
    {
        var table = _months.At(e.At);
        var row = ToRow(e);
        var left = e.At + AppendWindow - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return await table.GetAsync(row.PartitionKey, row.RowKey, cancellationToken) is not null;
        }

        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await table.TryInsertAsync(row, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The write may have arrived all the same; then the event stands.
            return await table.GetAsync(row.PartitionKey, row.RowKey, cancellationToken) is not null;
        }
    }

    /// <summary>The events after the cursor, the oldest first.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>.</exception>
    public async Task<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken)
    {
        var from = query.Cursor is { } cursor ? FeedCursor.Parse(cursor) : FeedCursor.Start;
        var shards = query.ConnectionId is { } connection ? [ShardOf(connection)] : Enumerable.Range(0, Shards);
        var partitions = shards.Select(shard => PartitionOf(query.ApplicationId, shard)).ToList();
        var before = FeedCursor.At(time.GetUtcNow() - SettleWindow);
        List<FeedEvent> found = [];
        var scanned = 0;
        await foreach (var table in _months.SinceAsync(from.Time, cancellationToken))
        {
            var rows = Merged(table, partitions, new RowRange(from.AfterKey, before), cancellationToken);
            await foreach (var row in rows)
            {
                if (found.Count == query.Limit || scanned == MaxScanned)
                {
                    return new FeedPage(found, from.ToString(), HasMore: true);
                }

                scanned++;
                from = FeedCursor.Of(row.RowKey);
                if (Matches(row, query))
                {
                    found.Add(FromRow(row, query.ApplicationId));
                }
            }
        }

        return new FeedPage(found, from.ToString(), HasMore: false);
    }

    /// <summary>Drops the months that are older than the retention.</summary>
    public Task<IReadOnlyList<string>> DropOldAsync(TimeSpan retention, CancellationToken cancellationToken) =>
        _months.DropOldAsync(time.GetUtcNow(), retention, beforeDrop: null, cancellationToken);

    private static bool Matches(TableRow row, FeedQuery query) =>
        (query.ConnectionId is null || row.Text("ConnectionId") == query.ConnectionId) && (query.Entity is null || row.Text("Entity") == query.Entity);

    private static int ShardOf(string? connectionId) => connectionId is { Length: > 0 } ? connectionId[^1] % Shards : 0;

    private static string PartitionOf(string applicationId, int shard) => $"{TableKey.Encode(applicationId)}-{shard}";

    private static TableRow ToRow(FeedEvent e)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Type"] = e.Type };
        if (e.ConnectionId is { } connectionId)
        {
            properties["ConnectionId"] = connectionId;
        }

        if (e.Entity is { } entity)
        {
            properties["Entity"] = entity;
        }

        ChunkedBytes.Add(properties, "Json", e.Json);
        return new TableRow(PartitionOf(e.ApplicationId, ShardOf(e.ConnectionId)), FeedCursor.KeyOf(e)) { Properties = properties };
    }

    private static FeedEvent FromRow(TableRow row, string applicationId) =>
        new(FeedCursor.IdOf(row.RowKey), row.Text("Type")!, FeedCursor.Of(row.RowKey).Time, applicationId, row.Text("ConnectionId"), ChunkedBytes.Of(row, "Json")!.Value)
        {
            Entity = row.Text("Entity"),
        };

    /// <summary>The rows of several partitions of a table, by their keys.</summary>
    private static async IAsyncEnumerable<TableRow> Merged(
        ITable table, List<string> partitions, RowRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sources = partitions.ConvertAll(partition => table.QueryAsync(partition, range, cancellationToken).GetAsyncEnumerator(cancellationToken));
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<TableRow>, string>(StringComparer.Ordinal);
            foreach (var source in sources)
            {
                await EnqueueNextAsync(heads, source);
            }

            while (heads.TryDequeue(out var next, out _))
            {
                yield return next.Current;
                await EnqueueNextAsync(heads, next);
            }
        }
        finally
        {
            foreach (var source in sources)
            {
                await source.DisposeAsync();
            }
        }
    }

    private static async Task EnqueueNextAsync(PriorityQueue<IAsyncEnumerator<TableRow>, string> heads, IAsyncEnumerator<TableRow> source)
    {
        if (await source.MoveNextAsync())
        {
            heads.Enqueue(source, source.Current.RowKey);
        }
    }
}
