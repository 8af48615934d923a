using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Tables;

/// <summary>Tables on Azure Table Storage.</summary>
internal sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    public ITable Table(string name)
    {
        TableLimits.CheckName(name);
        return new AzureTable(service.GetTableClient(name));
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Azure compares names without regard to case, and does not promise an order. There are few tables, so they are sorted here.
        var names = new List<string>();
        await foreach (var table in service.QueryAsync(PrefixFilter(prefix), cancellationToken: cancellationToken))
        {
            if (table.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                names.Add(table.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        foreach (var name in names)
        {
            yield return name;
        }
    }

    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        TableLimits.CheckName(name);
        try
        {
            _ = await service.DeleteTableAsync(name, cancellationToken);
        }
        catch (RequestFailedException e) when (TableFailures.IsMissing(e))
        {
            // It does not exist, or another drop is under way.
        }
    }

    private static string? PrefixFilter(string prefix)
    {
        if (prefix.Length == 0)
        {
            return null;
        }

        var range = RowRange.StartingWith(prefix);
        return TableServiceClient.CreateQueryFilter($"TableName ge {range.From} and TableName lt {range.Before}");
    }
}
