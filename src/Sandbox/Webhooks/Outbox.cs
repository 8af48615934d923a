using Microsoft.Data.Sqlite;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Webhooks;

/// <summary>The webhooks that are yet to be sent, and where to, in the same file as the records.</summary>
internal sealed class Outbox
{
    private readonly SqliteConnection _connection;
    private readonly Lock _gate;

    /// <param name="connection">The <see cref="RecordDatabase"/>'s.</param>
    /// <param name="gate">Held while the connection is used.</param>
    public Outbox(SqliteConnection connection, Lock gate)
    {
        (_connection, _gate) = (connection, gate);

        // AUTOINCREMENT never gives a number twice, though the rows are removed: versions only grow, over restarts too.
        using var command = Command("""
            CREATE TABLE IF NOT EXISTS webhook_targets (
                company TEXT NOT NULL PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS webhooks (
                version INTEGER PRIMARY KEY AUTOINCREMENT, company TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
                collection TEXT NOT NULL, record_id TEXT NOT NULL, occurred_at INTEGER NOT NULL, json BLOB);
            CREATE INDEX IF NOT EXISTS webhooks_of_company ON webhooks (company, version);
            """);
        command.ExecuteNonQuery();
    }

    /// <summary>The companies that have a target.</summary>
    public IReadOnlyList<string> Companies()
    {
        lock (_gate)
        {
            using var command = Command("SELECT company FROM webhook_targets");
            using var reader = command.ExecuteReader();
            List<string> companies = [];
            while (reader.Read())
            {
                companies.Add(reader.GetString(0));
            }

            return companies;
        }
    }

    public WebhookTarget? TargetOf(string company)
    {
        lock (_gate)
        {
            using var command = Command("SELECT url, secret, body FROM webhook_targets WHERE company = $company", ("$company", company));
            using var reader = command.ExecuteReader();
            return reader.Read() ? new WebhookTarget(reader.GetString(0), reader.GetString(1), reader.GetString(2)) : null;
        }
    }

    /// <summary>Gives the company its target; what waits goes there too.</summary>
    public void SetTarget(string company, WebhookTarget target)
    {
        lock (_gate)
        {
            using var command = Command(
                "INSERT OR REPLACE INTO webhook_targets (company, url, secret, body) VALUES ($company, $url, $secret, $body)",
                ("$company", company), ("$url", target.Url), ("$secret", target.Secret), ("$body", target.Body));
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Takes the company's target away, with all that waits for it.</summary>
    /// <returns>How many webhooks that were.</returns>
    public int RemoveTarget(string company)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            using var target = Command("DELETE FROM webhook_targets WHERE company = $company", ("$company", company));
            using var waiting = Command("DELETE FROM webhooks WHERE company = $company", ("$company", company));
            (target.Transaction, waiting.Transaction) = (transaction, transaction);
            target.ExecuteNonQuery();
            var removed = waiting.ExecuteNonQuery();
            transaction.Commit();
            return removed;
        }
    }

    /// <summary>Adds a webhook to a transaction of the <see cref="RecordDatabase"/>, which holds the gate.</summary>
    public void Add(string company, WebhookMessage message, SqliteTransaction transaction)
    {
        using var command = Command(
            """
            INSERT INTO webhooks (company, id, kind, collection, record_id, occurred_at, json)
            VALUES ($company, $id, $kind, $collection, $record, $at, $json)
            """,
            ("$company", company), ("$id", message.Id), ("$kind", message.Kind), ("$collection", message.Collection),
            ("$record", message.RecordId), ("$at", message.OccurredAt.ToUnixTimeMilliseconds()),
            ("$json", (object?)message.Record ?? DBNull.Value));
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    /// <summary>The company's first webhook after a version, or null.</summary>
    public WebhookMessage? Next(string company, long after)
    {
        lock (_gate)
        {
            using var command = Command(
                """
                SELECT version, id, kind, collection, record_id, occurred_at, json FROM webhooks
                WHERE company = $company AND version > $after ORDER BY version LIMIT 1
                """,
                ("$company", company), ("$after", after));
            using var reader = command.ExecuteReader();
            return !reader.Read() ? null : new WebhookMessage(
                reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)), reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6))
            {
                Version = reader.GetInt64(0),
            };
        }
    }

    /// <returns>False if it was gone already, with its target.</returns>
    public bool Remove(WebhookMessage message)
    {
        lock (_gate)
        {
            using var command = Command("DELETE FROM webhooks WHERE version = $version", ("$version", message.Version));
            return command.ExecuteNonQuery() > 0;
        }
    }

    /// <summary>How many of a company's webhooks wait.</summary>
    public long Count(string company)
    {
        lock (_gate)
        {
            using var command = Command("SELECT COUNT(*) FROM webhooks WHERE company = $company", ("$company", company));
            return (long)command.ExecuteScalar()!;
        }
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
