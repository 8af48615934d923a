using Microsoft.Data.Sqlite;
using Millwright.Sandbox.Webhooks;

namespace Millwright.Sandbox.Records;

/// <summary>
/// The records of all companies in SQLite, and their webhooks. What a call has written survives the end of the process, however it ends.
/// </summary>
internal sealed class RecordDatabase : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <param name="path">The file, created with its folder where missing; null keeps everything in memory.</param>
    public RecordDatabase(string? path)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        var source = new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false };
        _connection = new SqliteConnection(source.ConnectionString);
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS records (
                company TEXT NOT NULL, collection TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL,
                json BLOB, -- null: deleted; the row stays so that its number is not given again
                PRIMARY KEY (company, collection, id));
            """;
        command.ExecuteNonQuery();
        Outbox = new Outbox(_connection, _gate);
    }

    /// <summary>The webhooks that are yet to be sent, and where to.</summary>
    public Outbox Outbox { get; }

    /// <summary>All rows of a company in order of creation; none if it was never opened.</summary>
    public IReadOnlyList<StoredRow> Load(string company)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT collection, id, sequence, json FROM records WHERE company = $company ORDER BY sequence";
            command.Parameters.AddWithValue("$company", company);
            using var reader = command.ExecuteReader();
            List<StoredRow> rows = [];
            while (reader.Read())
            {
                rows.Add(new StoredRow(
                    reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3)));
            }

            return rows;
        }
    }

    /// <summary>Writes the rows, all or none, over what had the same ids.</summary>
    public void Write(string company, IEnumerable<StoredRow> rows) => Write(company, rows, null);

    /// <summary>Writes a row together with the webhook that tells of it, if any: both or none.</summary>
    public void Write(string company, StoredRow row, WebhookMessage? webhook) => Write(company, [row], webhook);

    public void Dispose() => _connection.Dispose();

    private void Write(string company, IEnumerable<StoredRow> rows, WebhookMessage? webhook)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = """
                INSERT INTO records (company, collection, id, sequence, json) VALUES ($company, $collection, $id, $sequence, $json)
                ON CONFLICT (company, collection, id) DO UPDATE SET json = excluded.json
                """;
            command.Parameters.AddWithValue("$company", company);
            var collection = command.Parameters.Add("$collection", SqliteType.Text);
            var id = command.Parameters.Add("$id", SqliteType.Text);
            var sequence = command.Parameters.Add("$sequence", SqliteType.Integer);
            var json = command.Parameters.Add("$json", SqliteType.Blob);
            foreach (var row in rows)
            {
                (collection.Value, id.Value, sequence.Value) = (row.Collection, row.Id, row.Sequence);
                json.Value = (object?)row.Json ?? DBNull.Value;
                command.ExecuteNonQuery();
            }

            if (webhook is not null)
            {
                Outbox.Add(company, webhook, transaction);
            }

            transaction.Commit();
        }
    }
}
