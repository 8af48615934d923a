using System.Collections.Concurrent;
using System.Globalization;

namespace Millwright.Core.Storage;

/// <summary>
/// A table for each month, such as <c>Events202611</c>, so that what is old goes by dropping whole tables: the cost does not grow with the
/// rows. A row of a month's first day therefore lives up to a month longer than one of its last.
/// </summary>
/// <param name="tables">Where they are.</param>
/// <param name="prefix">What their names start with; letters only.</param>
public sealed class MonthlyTables(ITableStore tables, string prefix)
{
    private const string Month = "yyyyMM";
    private readonly ConcurrentDictionary<string, ITable> _open = new(StringComparer.Ordinal);

    /// <summary>The table of the month that this time is in, in UTC.</summary>
    public ITable At(DateTimeOffset time) => Open(NameOf(time));

    /// <summary>The tables that exist from this time's month on, the oldest first.</summary>
    public async IAsyncEnumerable<ITable> SinceAsync(
        DateTimeOffset time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = NameOf(time);
        await foreach (var name in tables.ListAsync(prefix, cancellationToken))
        {
            if (string.CompareOrdinal(name, first) >= 0 && MonthOf(name) is not null)
            {
                yield return Open(name);
            }
        }
    }

    /// <summary>The tables that exist up to this time's month, the newest first.</summary>
    public async Task<IReadOnlyList<ITable>> NewestFirstAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var newest = NameOf(until);
        List<ITable> found = [];
        await foreach (var name in tables.ListAsync(prefix, cancellationToken))
        {
            if (string.CompareOrdinal(name, newest) <= 0 && MonthOf(name) is not null)
            {
                found.Insert(0, Open(name));
            }
        }

        return found;
    }

    /// <summary>Drops the tables whose whole month is older than <paramref name="retention"/>.</summary>
    /// <param name="now">The time.</param>
    /// <param name="retention">How long rows are kept at least.</param>
    /// <param name="beforeDrop">Takes along what hangs on a table's rows.</param>
    /// <param name="cancellationToken">Cancels between two tables.</param>
    /// <returns>The names of those dropped.</returns>
    public async Task<IReadOnlyList<string>> DropOldAsync(
        DateTimeOffset now, TimeSpan retention, Func<ITable, Task>? beforeDrop, CancellationToken cancellationToken)
    {
        List<string> old = [];
        await foreach (var name in tables.ListAsync(prefix, cancellationToken))
        {
            if (MonthOf(name) is { } month && month.AddMonths(1) + retention <= now)
            {
                old.Add(name);
            }
        }

        foreach (var name in old)
        {
            await (beforeDrop?.Invoke(Open(name)) ?? Task.CompletedTask);
            await tables.DropAsync(name, cancellationToken);
            _open.TryRemove(name, out _);
        }

        return old;
    }

    /// <summary>The month of this time as the names end in it, such as <c>202611</c>.</summary>
    public static string MonthOf(DateTimeOffset time) => time.UtcDateTime.ToString(Month, CultureInfo.InvariantCulture);

    private string NameOf(DateTimeOffset time) => prefix + MonthOf(time);

    private ITable Open(string name) => _open.GetOrAdd(name, tables.Table);

    private DateTimeOffset? MonthOf(string table) =>
        DateTimeOffset.TryParseExact(table.AsSpan(prefix.Length), Month, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var month)
            ? month
            : null;
}
