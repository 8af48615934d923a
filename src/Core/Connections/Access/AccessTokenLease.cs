using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections.Access;

/// <summary>A row that is there as long as somebody replaces a connection's token, or until the time it names where that process died.</summary>
internal sealed class AccessTokenLease : IAccessTokenLease
{
    /// <summary>How long it holds. Twice as long as a token may take to be issued, so that clocks may differ by a minute.</summary>
    public static readonly TimeSpan Length = 2 * AccessTokens.IssueTimeout;

    private const string RowKey = "lease";
    private const string Until = "Until";

    private readonly ITable _table;
    private readonly TableRow _row;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private AccessTokenLease(ITable table, TableRow row, TimeProvider time, ILogger logger)
    {
        _table = table;
        _row = row;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public bool HasRunOut => _time.GetUtcNow() >= _row.Time(Until);

    /// <summary>Takes the lease if it is free or has run out.</summary>
    /// <returns>Null where somebody has it.</returns>
    public static async Task<IAccessTokenLease?> TryTakeAsync(
        ITable table, string connectionId, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var row = new TableRow(TableKey.Encode(connectionId), RowKey)
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [Until] = time.GetUtcNow() + Length },
        };
        var taken = await table.TryInsertAsync(row, cancellationToken);
        if (taken is null
            && await table.GetAsync(row.PartitionKey, RowKey, cancellationToken) is { } held
            && held.Time(Until) <= time.GetUtcNow())
        {
            taken = await table.TryReplaceAsync(row with { ETag = held.ETag }, cancellationToken);
        }

        return taken is null ? null : new AccessTokenLease(table, row with { ETag = taken }, time, logger);
    }

    /// <summary>Takes the row of a connection away that is no more.</summary>
    public static Task DeleteAsync(ITable table, string connectionId, CancellationToken cancellationToken) =>
        table.DeleteAsync(TableKey.Encode(connectionId), RowKey, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // Only our own: one that ran out may be another's by now.
            await _table.TryTransactAsync([new TableWrite.Delete(_row)], CancellationToken.None);
        }
        catch (Exception e)
        {
            // The token is stored, which is what matters; the lease ends by itself.
            _logger.LogWarning(e, "The lease on the access token of {ConnectionId} could not be given back and holds until {Until}", _row.PartitionKey, _row.Time(Until));
        }
    }
}
