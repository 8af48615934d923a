using System.Globalization;
using System.Runtime.CompilerServices;
using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>The connections by the time at which they are due, so that finding those costs nothing for the others.</summary>
/// <remarks>
/// The times in <see cref="ConnectionSync"/> are what holds; this index only has each connection come up. An entry too many, after a crash, leads
/// to a look at the connection and goes; one is never missing, because an entry that came up stays under watch until the poll has set the next.
/// </remarks>
public sealed class DueIndex(ITableStore tables)
{
    private const string Partition = "due";
    private const int TimeDigits = 19;
    private static readonly int MovesAtOnce = TableLimits.TransactionWrites / 2;

    private readonly ITable _table = tables.Table("PollsDue");

    /// <summary>The connections that are due, the longest overdue first.</summary>
    public async IAsyncEnumerable<(string ConnectionId, DateTimeOffset Due)> DueAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(Partition, new RowRange(Before: TimeOf(now.AddTicks(1))), cancellationToken))
        {
            yield return (row.RowKey[(TimeDigits + 1)..], new DateTimeOffset(long.Parse(row.RowKey.AsSpan(0, TimeDigits), CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
    }

    /// <summary>Has the connection come up at this time; nothing happens if it does already.</summary>
    public Task AddAsync(string connectionId, DateTimeOffset due, CancellationToken cancellationToken) =>
        _table.TryInsertAsync(RowOf(connectionId, due), cancellationToken);

    /// <summary>Takes an entry out, if there is such a one.</summary>
    public Task RemoveAsync(string connectionId, DateTimeOffset due, CancellationToken cancellationToken) =>
        _table.DeleteAsync(Partition, RowOf(connectionId, due).RowKey, cancellationToken);

    /// <summary>
    /// Puts entries off to a later time; several of one connection become one. What somebody else moved or took out meanwhile is left alone.
    /// </summary>
    public async Task MoveAsync(IReadOnlyList<(string ConnectionId, DateTimeOffset Due)> entries, DateTimeOffset to, CancellationToken cancellationToken)
    {
        foreach (var some in entries.Chunk(MovesAtOnce))
        {
            if (await _table.TryTransactAsync(Move(some, to), cancellationToken))
            {
                continue;
            }

            foreach (var entry in some)
            {
                await _table.TryTransactAsync(Move([entry], to), cancellationToken);
            }
        }
    }

    private static TableWrite[] Move((string ConnectionId, DateTimeOffset Due)[] entries, DateTimeOffset to) =>
    [
        .. entries.Select(e => new TableWrite.Delete(RowOf(e.ConnectionId, e.Due))),
        .. entries.Select(e => e.ConnectionId).Distinct(StringComparer.Ordinal).Select(id => new TableWrite.Insert(RowOf(id, to))),
    ];

    private static TableRow RowOf(string connectionId, DateTimeOffset due) => new(Partition, $"{TimeOf(due)}-{connectionId}");

    private static string TimeOf(DateTimeOffset time) => time.UtcTicks.ToString($"D{TimeDigits}", CultureInfo.InvariantCulture);
}
