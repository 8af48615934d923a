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
    public ITable At(DateTimeOffset time) => _open.GetOrAdd(prefix + time.UtcDateTime.ToString(Month, CultureInfo.InvariantCulture), tables.Table);

    /// <summary>The tables that exist from this time's month on, the oldest first.</summary>
    public async IAsyncEnumerable<ITable> SinceAsync(
        DateTimeOffset time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = prefix + time.UtcDateTime.ToString(Month, CultureInfo.InvariantCulture);
        await foreach (var name in tables.ListAsync(prefix, cancellationToken))
        {
            if (string.CompareOrdinal(name, first) >= 0 && MonthOf(name) is not null)
            {
                yield return _open.GetOrAdd(name, tables.Table);
            }
        }
    }

    /// <summary>Drops the tables whose whole month is older than <paramref name="retention"/>.</summary>
    /// <returns>The names of those dropped.</returns>
    public async Task<IReadOnlyList<string>> DropOldAsync(DateTimeOffset now, TimeSpan retention, CancellationToken cancellationToken)
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
            await tables.DropAsync(name, cancellationToken);
            _open.TryRemove(name, out _);
        }

        return old;
    }

    private DateTimeOffset? MonthOf(string table) =>
        DateTimeOffset.TryParseExact(table.AsSpan(prefix.Length), Month, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var month)
            ? month
            : null;
}
