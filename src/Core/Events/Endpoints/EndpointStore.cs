using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Endpoints;

/// <summary>The endpoints of each application, a partition each.</summary>
public sealed class EndpointStore(ITableStore tables)
{
    private readonly ITable _table = tables.Table("Endpoints");

    /// <summary>The endpoint, or null.</summary>
    public async Task<EventEndpoint?> FindAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        await _table.GetAsync(TableKey.Encode(applicationId), TableKey.Encode(id), cancellationToken) is { } row ? FromRow(row) : null;

    /// <summary>The application's endpoints, the oldest first.</summary>
    public IAsyncEnumerable<EventEndpoint> ListAsync(string applicationId, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.Encode(applicationId), RowRange.All, cancellationToken).Select(FromRow);

    /// <summary>Adds an endpoint with a new id.</summary>
    public Task AddAsync(EventEndpoint endpoint, CancellationToken cancellationToken) => _table.TryInsertAsync(ToRow(endpoint), cancellationToken);

    /// <summary>Replaces the endpoint as it was read.</summary>
    /// <returns>False if it was changed or deleted since.</returns>
    public async Task<bool> TryReplaceAsync(EventEndpoint endpoint, CancellationToken cancellationToken) =>
        await _table.TryReplaceAsync(ToRow(endpoint), cancellationToken) is not null;

    /// <summary>Deletes the endpoint.</summary>
    /// <returns>False if there was none.</returns>
    public Task<bool> DeleteAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(TableKey.Encode(applicationId), TableKey.Encode(id), cancellationToken);

    private static TableRow ToRow(EventEndpoint endpoint)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["ApplicationId"] = endpoint.ApplicationId,
            ["Settings"] = JsonSerializer.Serialize(endpoint.Settings),
            ["Secrets"] = JsonSerializer.Serialize(endpoint.Secrets),
            ["CreatedAt"] = endpoint.CreatedAt,
            ["UpdatedAt"] = endpoint.UpdatedAt,
        };
        if (endpoint.FailingSince is { } since)
        {
            properties["FailingSince"] = since;
        }

        if (endpoint.DisabledBecause is { } reason)
        {
            properties["DisabledBecause"] = reason;
        }

        return new TableRow(TableKey.Encode(endpoint.ApplicationId), endpoint.Id) { ETag = endpoint.ETag, Properties = properties };
    }

    private static EventEndpoint FromRow(TableRow row) => new(
        row.RowKey, row.Text("ApplicationId")!, JsonSerializer.Deserialize<EndpointSettings>(row.Text("Settings")!)!, row.Time("CreatedAt")!.Value)
    {
        UpdatedAt = row.Time("UpdatedAt")!.Value,
        Secrets = JsonSerializer.Deserialize<List<EndpointSecret>>(row.Text("Secrets")!)!,
        FailingSince = row.Time("FailingSince"),
        DisabledBecause = row.Text("DisabledBecause"),
        ETag = row.ETag,
    };
}
