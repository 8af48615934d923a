using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections;

/// <summary>The connections of each application, a partition each.</summary>
public sealed class ConnectionStore(ITableStore tables)
{
    private readonly ITable _table = tables.Table("Connections");

    /// <summary>The connection, or null.</summary>
    public async Task<Connection?> FindAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        await _table.GetAsync(TableKey.Encode(applicationId), TableKey.Encode(id), cancellationToken) is { } row ? FromRow(row) : null;

    /// <summary>The application's connections, the oldest first.</summary>
    public IAsyncEnumerable<Connection> ListAsync(string applicationId, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.Encode(applicationId), RowRange.All, cancellationToken).Select(FromRow);

    /// <summary>Adds a connection with a new id.</summary>
    public Task AddAsync(Connection connection, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(ToRow(connection), cancellationToken);

    /// <summary>Replaces the connection as it was read.</summary>
    /// <returns>False if it was changed or deleted since.</returns>
    public async Task<bool> TryReplaceAsync(Connection connection, CancellationToken cancellationToken) =>
        await _table.TryReplaceAsync(ToRow(connection), cancellationToken) is not null;

    /// <summary>Deletes the connection.</summary>
    /// <returns>False if there was none.</returns>
    public Task<bool> DeleteAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(TableKey.Encode(applicationId), TableKey.Encode(id), cancellationToken);

    private static TableRow ToRow(Connection connection) => new(TableKey.Encode(connection.ApplicationId), connection.Id)
    {
        ETag = connection.ETag,
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["ApplicationId"] = connection.ApplicationId,
            ["Provider"] = connection.Provider,
            ["Name"] = connection.Name,
            ["Email"] = connection.Email,
            ["CreatedAt"] = connection.CreatedAt,
            ["UpdatedAt"] = connection.UpdatedAt,
            ["Metadata"] = JsonSerializer.Serialize(connection.Metadata),
        },
    };

    private static Connection FromRow(TableRow row) => new(
        row.RowKey, row.Text("ApplicationId")!, row.Text("Provider")!, row.Text("Name")!, row.Text("Email")!, row.Time("CreatedAt")!.Value)
    {
        UpdatedAt = row.Time("UpdatedAt")!.Value,
        Metadata = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text("Metadata")!)!,
        ETag = row.ETag,
    };
}
