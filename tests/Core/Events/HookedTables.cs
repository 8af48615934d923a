using System.Runtime.CompilerServices;
using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Events;

/// <summary>Tables in which something happens at the end of each range query, before its reader is told of the end.</summary>
internal sealed class HookedTables(ITableStore tables, Func<Task> afterQuery) : ITableStore
{
    public ITable Table(string name) => new Hooked(tables.Table(name), afterQuery);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => tables.ListAsync(prefix, cancellationToken);

    public Task DropAsync(string name, CancellationToken cancellationToken) => tables.DropAsync(name, cancellationToken);

    private sealed class Hooked(ITable table, Func<Task> afterQuery) : ITable
    {
        public Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
            table.GetAsync(partitionKey, rowKey, cancellationToken);

        public Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken) => table.TryInsertAsync(row, cancellationToken);

        public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) => table.TryReplaceAsync(row, cancellationToken);

        public Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
            table.DeleteAsync(partitionKey, rowKey, cancellationToken);

        public Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
            table.TryTransactAsync(writes, cancellationToken);

        public async IAsyncEnumerable<TableRow> QueryAsync(
            string partitionKey, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var row in table.QueryAsync(partitionKey, range, cancellationToken))
            {
                yield return row;
            }

            await afterQuery();
        }
    }
}
