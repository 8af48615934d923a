using System.Collections.Concurrent;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.Tests.Timers;

/// <summary>As much of a table store as a schedule's state needs.</summary>
internal sealed class InMemoryTables : ITableStore, ITable
{
    private readonly ConcurrentDictionary<string, TableRow> _rows = new();
    private int _version;

    /// <summary>Whether every call fails.</summary>
    public bool Fails { get; init; }

    public ITable Table(string name)
    {
        TableLimits.CheckName(name);
        return this;
    }

    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        return Task.FromResult(_rows.GetValueOrDefault(partitionKey + rowKey));
    }

    public Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        TableLimits.CheckRow(row);
        var written = row with { ETag = $"{++_version}" };
        return Task.FromResult(_rows.TryAdd(row.PartitionKey + row.RowKey, written) ? written.ETag : null);
    }

    public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        TableLimits.CheckRow(row);
        var key = row.PartitionKey + row.RowKey;
        var written = row with { ETag = $"{++_version}" };
        return Task.FromResult(
            _rows.TryGetValue(key, out var old) && old.ETag == row.ETag && _rows.TryUpdate(key, written, old) ? written.ETag : null);
    }

    public Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<TableRow> QueryAsync(string partitionKey, RowRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DropAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfFailing()
    {
        if (Fails)
        {
            throw new IOException("The table is gone.");
        }
    }
}
