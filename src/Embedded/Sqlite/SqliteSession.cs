using Microsoft.Data.Sqlite;

namespace Millwright.Embedded.Sqlite;

/// <summary>One connection and its prepared statements, used by one thread at a time.</summary>
/// <remarks>Values are bound in order as <c>$1</c>, <c>$2</c>, …</remarks>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    public SqliteSession(string path, params ReadOnlySpan<string> pragmas)
    {
        // Sessions are kept by us; the provider's own pool would hold the file open after we closed it.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            _connection.Open();
            foreach (var pragma in pragmas)
            {
                Execute("PRAGMA " + pragma);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether a transaction is open; SQLite ends one by itself on some failures.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Runs a statement and gives how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first row, mapped, or the default where there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>The first row's first column, or null where there is no row or it is null.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) =>
        First<long?>(sql, reader => reader.IsDBNull(0) ? null : reader.GetInt64(0), values);

    /// <summary>All rows, mapped; or fewer when <paramref name="enough"/> says so after a row.</summary>
    public List<T> All<T>(string sql, Func<SqliteDataReader, T> map, Func<T, bool>? enough, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        using var reader = Bind(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
            if (enough?.Invoke(rows[^1]) == true)
            {
                break;
            }
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this project; what comes from outside is bound.
            statement.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
        {
            statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return statement;
    }
}
