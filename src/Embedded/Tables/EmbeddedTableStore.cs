using System.Security.Cryptography;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tables;

internal sealed class EmbeddedTableStore(Database database, RandomNumberGenerator random) : ITableStore
{
    public ITable Table(string name)
    {
        TableLimits.CheckName(name);
        return new EmbeddedTable(database, name, random);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => Names(prefix).ToAsyncEnumerable();

    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        TableLimits.CheckName(name);
        await database.WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO dropped_tables(id) SELECT id FROM tables WHERE name = $1", name);
                return session.Execute("DELETE FROM tables WHERE name = $1", name);
            },
            cancellationToken);
        database.ReclaimSoon();
    }

    // Lazy, as every enumeration: nothing is read, and nothing thrown, before the first name is asked for.
    private IEnumerable<string> Names(string prefix)
    {
        var names = database.Read(session => session.All("SELECT name FROM tables", reader => reader.GetString(0), enough: null));
        foreach (var name in names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return name;
        }
    }
}
