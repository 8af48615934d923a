using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>A table under a probe.</summary>
internal sealed class ProbedTable(ITable inner, Probe probe) : ITable
{
    public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        probe.Read(inner.GetAsync(partitionKey, rowKey, cancellationToken));

    public Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken) => probe.WriteAsync(() => inner.TryInsertAsync(row, cancellationToken));

    public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) => probe.WriteAsync(() => inner.TryReplaceAsync(row, cancellationToken));

    public Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        probe.WriteAsync(() => inner.DeleteAsync(partitionKey, rowKey, cancellationToken));

    public IAsyncEnumerable<TableRow> QueryAsync(string partitionKey, RowRange range, CancellationToken cancellationToken) =>
        probe.Read(inner.QueryAsync(partitionKey, range, cancellationToken));

    public Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        probe.WriteAsync(() => inner.TryTransactAsync(writes, cancellationToken));
}
