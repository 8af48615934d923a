using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Changes;

/// <summary>What is known of each record, a partition for each entity of a connection.</summary>
public sealed class RecordStates(ITableStore tables)
{
    // The characters of a key as it is written into a table key grow at most fivefold.
    private const int PlainKeyLength = TableLimits.KeyLength / 5;

    private readonly ITable _table = tables.Table("RecordStates");

    /// <summary>What is known of the record; an empty state where it was never seen.</summary>
    public async Task<RecordState> GetAsync(Observation record, CancellationToken cancellationToken) =>
        await _table.GetAsync(PartitionOf(record), RowOf(record), cancellationToken) is { } row
            ? RecordState.FromRow(row, record.ApplicationId, record.ConnectionId, record.Entity)
            : new RecordState();

    /// <summary>Stores the state if it is still as it was read.</summary>
    /// <returns>The state with its new version, or null if it was changed since.</returns>
    public async Task<RecordState?> TryStoreAsync(Observation record, RecordState state, CancellationToken cancellationToken)
    {
        var row = state.ToRow(PartitionOf(record), RowOf(record), record.Key);
        var etag = await _table.TryStoreAsync(row, cancellationToken);
        return etag is null ? null : state with { ETag = etag };
    }

    /// <summary>The records of an entity that are known to be there and to be listed, and those of which something is left to be told.</summary>
    public IAsyncEnumerable<LiveRecord> ListLiveAsync(string connectionId, string entity, CancellationToken cancellationToken) =>
        _table.QueryAsync(PartitionOf(connectionId, entity), RowRange.All, cancellationToken)
            .Select(row => (Row: row, IsPending: row.Text(RecordState.PendingId) is not null))
            .Where(r => r.IsPending || (r.Row.Text("Hash") is not null && !r.Row.Properties.ContainsKey(RecordState.UnlistedFlag)))
            .Select(r => new LiveRecord(r.Row.Text(RecordState.KeyText)!, r.Row.Time("ReadAt"), r.Row.Time("EventAt"), r.IsPending));

    private static string PartitionOf(Observation record) => PartitionOf(record.ConnectionId, record.Entity);

    private static string PartitionOf(string connectionId, string entity) => $"{connectionId}-{entity}";

    private static string RowOf(Observation record) =>
        record.Key.Length <= PlainKeyLength ? TableKey.Encode(record.Key) : $"~{SecretHash.Of(record.Key)}";
}
