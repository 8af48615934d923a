using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>How the sync of each connection stands: a partition each, with a row for the whole, one for each entity, and those of its webhooks.</summary>
public sealed class SyncStore(ITableStore tables)
{
    private const string ConnectionRow = "connection";
    private const string BudgetRow = "budget";
    private const string EntityPrefix = "entity-";
    private const string WebhookPrefix = "webhook-";
    private const string Json = "Json";
    private const string LastAt = "LastAt";

    private readonly ITable _table = tables.Table("Syncs");

    /// <summary>All of a connection's sync, in one query; null where it is not polled.</summary>
    public async Task<SyncOverview?> ReadAsync(string connectionId, CancellationToken cancellationToken)
    {
        var overview = new SyncOverview();
        await foreach (var row in _table.QueryAsync(connectionId, RowRange.All, cancellationToken))
        {
            switch (row.RowKey)
            {
                case ConnectionRow:
                    overview.Connection = Read<ConnectionSync>(row) with { ETag = row.ETag };
                    break;
                case BudgetRow:
                    overview.Budget = Read<BudgetState>(row) with { ETag = row.ETag };
                    break;
                case var key when key.StartsWith(EntityPrefix, StringComparison.Ordinal):
                    var entity = Read<EntitySync>(row) with { ETag = row.ETag };
                    overview.Entities.Add(entity.Entity, entity);
                    break;
                case var key:
                    overview.WebhooksAt.Add(key[WebhookPrefix.Length..], row.Time(LastAt)!.Value);
                    break;
            }
        }

        return overview.Connection is null ? null : overview;
    }

    /// <summary>The connection's row, or null where it is not polled.</summary>
    public async Task<ConnectionSync?> FindAsync(string connectionId, CancellationToken cancellationToken) =>
        await _table.GetAsync(connectionId, ConnectionRow, cancellationToken) is { } row ? Read<ConnectionSync>(row) with { ETag = row.ETag } : null;

    /// <summary>Stores the connection's row if it is still as it was read, or not there yet if it never was.</summary>
    /// <returns>It with its new version, or null if it was changed since.</returns>
    public async Task<ConnectionSync?> TryStoreAsync(ConnectionSync sync, CancellationToken cancellationToken) =>
        await TryStoreAsync(sync.ConnectionId, ConnectionRow, sync with { ETag = null }, sync.ETag, cancellationToken) is { } etag ? sync with { ETag = etag } : null;

    /// <summary>Changes the connection's row, as often as it takes.</summary>
    /// <returns>It as it is then; null where the connection is not polled any more.</returns>
    public async Task<ConnectionSync?> UpdateAsync(string connectionId, Func<ConnectionSync, ConnectionSync> change, CancellationToken cancellationToken)
    {
        while (await FindAsync(connectionId, cancellationToken) is { } known)
        {
            if (await TryStoreAsync(change(known), cancellationToken) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    /// <summary>Stores an entity's row, which is still as it was read, or not there yet if it never was.</summary>
    /// <returns>It with its new version.</returns>
    /// <exception cref="SyncConflictException">It was changed since.</exception>
    public async Task<EntitySync> StoreAsync(string connectionId, EntitySync sync, CancellationToken cancellationToken) =>
        await TryStoreAsync(connectionId, EntityPrefix + sync.Entity, sync with { ETag = null }, sync.ETag, cancellationToken) is { } etag
            ? sync with { ETag = etag }
            : throw new SyncConflictException();

    /// <inheritdoc cref="TryStoreAsync(ConnectionSync, CancellationToken)"/>
    public async Task<BudgetState?> TryStoreAsync(string connectionId, BudgetState budget, CancellationToken cancellationToken) =>
        await TryStoreAsync(connectionId, BudgetRow, budget with { ETag = null }, budget.ETag, cancellationToken) is { } etag ? budget with { ETag = etag } : null;

    /// <summary>Notes that a webhook about this entity came in.</summary>
    public async Task NoteWebhookAsync(string connectionId, string entity, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var key = WebhookPrefix + entity;
        var row = new TableRow(connectionId, key) { Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [LastAt] = receivedAt } };
        while (await _table.TryInsertAsync(row, cancellationToken) is null)
        {
            var known = await _table.GetAsync(connectionId, key, cancellationToken);
            if (known is not null && (known.Time(LastAt) >= receivedAt || await _table.TryReplaceAsync(row with { ETag = known.ETag }, cancellationToken) is not null))
            {
                return;
            }
        }
    }

    /// <summary>Deletes all of a connection's sync, the row of the whole first, so that no poll begins any more.</summary>
    public async Task DeleteAsync(string connectionId, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(connectionId, ConnectionRow, cancellationToken);
        await foreach (var row in _table.QueryAsync(connectionId, RowRange.All, cancellationToken))
        {
            await _table.DeleteAsync(row.PartitionKey, row.RowKey, cancellationToken);
        }
    }

    private static T Read<T>(TableRow row) => JsonSerializer.Deserialize<T>(row.Text(Json)!)!;

    private Task<string?> TryStoreAsync<T>(string connectionId, string key, T value, string? etag, CancellationToken cancellationToken)
    {
        var row = new TableRow(connectionId, key)
        {
            ETag = etag,
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [Json] = JsonSerializer.Serialize(value) },
        };
        return _table.TryStoreAsync(row, cancellationToken);
    }
}
