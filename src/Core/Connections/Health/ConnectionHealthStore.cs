using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections.Health;

/// <summary>The health of each application's connections, a partition each. A connection that never failed has no row.</summary>
public sealed class ConnectionHealthStore(ITableStore tables)
{
    private readonly ITable _table = tables.Table("ConnectionHealth");

    /// <summary>The connection's health; <see cref="ConnectionHealth.Unknown"/> where nothing is stored.</summary>
    public async Task<ConnectionHealth> GetAsync(string applicationId, string connectionId, CancellationToken cancellationToken) =>
        await _table.GetAsync(TableKey.Encode(applicationId), TableKey.Encode(connectionId), cancellationToken) is { } row ? FromRow(row) : ConnectionHealth.Unknown;

    /// <summary>What is stored of the application's connections, by connection.</summary>
    public ValueTask<Dictionary<string, ConnectionHealth>> ListAsync(string applicationId, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.Encode(applicationId), RowRange.All, cancellationToken).ToDictionaryAsync(row => row.RowKey, FromRow, null, cancellationToken);

    /// <summary>Stores the health in the place of the one that was read.</summary>
    /// <returns>It as it is stored; null if another one was stored or deleted since.</returns>
    public async Task<ConnectionHealth?> TryWriteAsync(string applicationId, string connectionId, ConnectionHealth health, CancellationToken cancellationToken)
    {
        var row = ToRow(applicationId, connectionId, health);
        var etag = await _table.TryStoreAsync(row, cancellationToken);
        return etag is null ? null : health with { ETag = etag };
    }

    /// <summary>Deletes what is stored of the connection.</summary>
    public Task DeleteAsync(string applicationId, string connectionId, CancellationToken cancellationToken) =>
        _table.DeleteAsync(TableKey.Encode(applicationId), TableKey.Encode(connectionId), cancellationToken);

    private static TableRow ToRow(string applicationId, string connectionId, ConnectionHealth health)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Status"] = ConnectionHealth.NameOf(health.Status),
            ["Sequence"] = health.Sequence,
            ["Failures"] = (long)health.ConsecutiveFailures,
            ["Answers"] = (long)health.ConsecutiveAnswers,
            ["Errors"] = JsonSerializer.SerializeToUtf8Bytes(health.Errors),
        };
        Add("Since", health.Since);
        Add("FailingSince", health.FailingSince);
        Add("Credentials", health.Credentials);
        Add("Reason", health.Reason is null ? null : JsonSerializer.Serialize(health.Reason));
        return new TableRow(TableKey.Encode(applicationId), TableKey.Encode(connectionId)) { ETag = health.ETag, Properties = properties };

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }
    }

    private static ConnectionHealth FromRow(TableRow row) => new()
    {
        Status = Enum.GetValues<ConnectionStatus>().Single(status => ConnectionHealth.NameOf(status) == row.Text("Status")),
        Sequence = row.Number("Sequence")!.Value,
        ConsecutiveFailures = (int)row.Number("Failures")!.Value,
        ConsecutiveAnswers = (int)row.Number("Answers")!.Value,
        Errors = JsonSerializer.Deserialize<List<OperationError>>(row.Bytes("Errors")!)!,
        Since = row.Time("Since"),
        FailingSince = row.Time("FailingSince"),
        Credentials = row.Text("Credentials"),
        Reason = row.Text("Reason") is { } reason ? JsonSerializer.Deserialize<StatusReason>(reason) : null,
        ETag = row.ETag,
    };
}
