using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Tables;

/// <summary>A table on Azure Table Storage, made when its first row meets a missing table.</summary>
/// <remarks>
/// The client tries again after a lost answer. A conditional write that had been made by the lost try then meets its own result and is
/// reported as refused: null or false means "read the row and look", never "it is certain that this write was not made".
/// </remarks>
internal sealed class AzureTable(TableClient client) : ITable
{
    private const int PageRows = 1000;

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        try
        {
            var found = await client.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return found.HasValue ? TableEntities.ToRow(found.Value!) : null;
        }
        catch (RequestFailedException e) when (TableFailures.IsMissing(e))
        {
            return null;
        }
    }

    public async Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken)
    {
        TableLimits.CheckRow(row);
        var entity = TableEntities.From(row);
        try
        {
            return ETagOf(await InTableAsync(() => client.AddEntityAsync(entity, cancellationToken), cancellationToken));
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return null;
        }
    }

    public async Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        TableLimits.CheckRow(row);
        var etag = ReadETag(row);
        try
        {
            return ETagOf(await client.UpdateEntityAsync(TableEntities.From(row), etag, TableUpdateMode.Replace, cancellationToken));
        }
        catch (RequestFailedException e) when (TableFailures.IsPrecondition(e) || TableFailures.IsMissing(e))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        try
        {
            var response = await client.DeleteEntityAsync(partitionKey, rowKey, ETag.All, cancellationToken);
            return response.Status != 404;
        }
        catch (RequestFailedException e) when (TableFailures.IsMissing(e))
        {
            return false;
        }
    }

    public async IAsyncEnumerable<TableRow> QueryAsync(
        string partitionKey, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        var left = range.Take ?? int.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        var pages = client.QueryAsync<TableEntity>(Filter(partitionKey, range), Math.Min(left, PageRows), cancellationToken: cancellationToken)
            .AsPages()
            .GetAsyncEnumerator(cancellationToken);
        await using (pages)
        {
            while (left > 0 && await NextAsync(pages))
            {
                foreach (var entity in pages.Current.Values.Take(left))
                {
                    yield return TableEntities.ToRow(entity);
                    left--;
                }
            }
        }
    }

    public async Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.CheckTransaction(writes);
        var actions = writes.Select(Action).ToList();
        Task<Response<IReadOnlyList<Response>>> Submit() => client.SubmitTransactionAsync(actions, cancellationToken);
        try
        {
            // Only inserts can succeed in a table that does not exist yet; anything else asks for a row that is not there.
            _ = writes.All(w => w is TableWrite.Insert) ? await InTableAsync(Submit, cancellationToken) : await Submit();
            return true;
        }
        catch (RequestFailedException e) when (TableFailures.IsPrecondition(e) || TableFailures.IsMissing(e))
        {
            return false;
        }
    }

    private static TableTransactionAction Action(TableWrite write)
    {
        var entity = TableEntities.From(write.Row);
        return write switch
        {
            TableWrite.Insert => new TableTransactionAction(TableTransactionActionType.Add, entity),
            TableWrite.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, ReadETag(write.Row)),
            _ => new TableTransactionAction(TableTransactionActionType.Delete, entity, write.Row.ETag is { } etag ? new ETag(etag) : ETag.All),
        };
    }

    // "*" would fit any version.
    private static ETag ReadETag(TableRow row) => row.ETag is null or "*"
        ? throw new ArgumentException("A row to replace carries the ETag it was read with.", nameof(row))
        : new ETag(row.ETag);

    private static string Filter(string partitionKey, RowRange range) => (range.From, range.Before) switch
    {
        (null, null) => TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}"),
        ({ } from, null) => TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {from}"),
        (null, { } before) => TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey lt {before}"),
        ({ } from, { } before) => TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {from} and RowKey lt {before}"),
    };

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException e) when (TableFailures.IsMissing(e))
        {
            return false;
        }
    }

    private static string ETagOf(Response response) =>
        response.Headers.ETag?.ToString() ?? throw new RequestFailedException("The table service answered a write without an ETag.");

    private async Task<T> InTableAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            await CreateAsync(cancellationToken);
            return await write();
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableBeingDeleted)
        {
            throw BeingDeleted(e);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await client.CreateIfNotExistsAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableBeingDeleted)
        {
            throw BeingDeleted(e);
        }
    }

    private InvalidOperationException BeingDeleted(RequestFailedException cause) =>
        new($"Table '{client.Name}' was dropped, and Azure gives its name free only after about half a minute. Use another name.", cause);
}
