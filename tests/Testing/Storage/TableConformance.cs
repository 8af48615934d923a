using System.Security.Cryptography;
using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

/// <summary>
/// What every <see cref="ITableStore"/> does. An adapter's test project inherits this class and gives the store; nothing else is adapter
/// specific. Tests share the store and run in any order, so each works on a table of its own.
/// </summary>
public abstract partial class TableConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The store under test.</summary>
    protected abstract ITableStore Store { get; }

    /// <summary>Whether names that differ in case only are one table, as on Azure. Azurite alone tells them apart.</summary>
    protected virtual bool NamesIgnoreCase => true;

    /// <summary>A table name that no other test uses.</summary>
    private static string NewName(string prefix = "T") => prefix + RandomNumberGenerator.GetHexString(20);

    private static TableRow Row(string partitionKey, string rowKey, params (string Name, object Value)[] properties) =>
        new(partitionKey, rowKey) { Properties = properties.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) };

    private ITable NewTable() => Store.Table(NewName());

    private static async Task<TableRow> GetAsync(ITable table, string partitionKey, string rowKey)
    {
        var row = await table.GetAsync(partitionKey, rowKey, Cancel);
        Assert.NotNull(row);
        return row;
    }

    private static async Task<string> InsertAsync(ITable table, TableRow row)
    {
        var etag = await table.TryInsertAsync(row, Cancel);
        Assert.NotNull(etag);
        return etag;
    }

    private static async Task<List<string>> KeysAsync(ITable table, string partitionKey, RowRange range)
    {
        List<string> keys = [];
        await foreach (var row in table.QueryAsync(partitionKey, range, Cancel))
        {
            keys.Add(row.RowKey);
        }

        return keys;
    }
}
