using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tables;

internal sealed class EmbeddedTable(Database database, string name, RandomNumberGenerator random) : ITable
{
    private const int PageRows = 500;
    private const int PageBytes = 4 * 1024 * 1024;

    private const string ThisRow = "table_id = (SELECT id FROM tables WHERE name = $1) AND partition_key = $2 AND row_key = $3";

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.FromResult(database.Read(session => session.First(
            $"SELECT etag, properties FROM rows WHERE {ThisRow}",
            reader => new TableRow(partitionKey, rowKey)
            {
                ETag = reader.GetString(0),
                Properties = RowCodec.Decode(reader.GetFieldValue<byte[]>(1)),
            },
            name,
            OrdinalKey.Encode(partitionKey),
            OrdinalKey.Encode(rowKey))));
    }

    public async Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken)
    {
        TableLimits.CheckRow(row);
        var stored = new StoredRow(row, NewETag());
        return await database.WriteAsync(session => Insert(session, stored) ? stored.ETag : null, cancellationToken);
    }

    public async Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        TableLimits.CheckRow(row);
        CheckETag(row);
        var stored = new StoredRow(row, NewETag());
        return await database.WriteAsync(session => Replace(session, stored) ? stored.ETag : null, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        TableLimits.CheckKey(rowKey);
        var stored = new StoredRow(new TableRow(partitionKey, rowKey), "");
        return await database.WriteAsync(session => Delete(session, stored), cancellationToken);
    }

    public IAsyncEnumerable<TableRow> QueryAsync(string partitionKey, RowRange range, CancellationToken cancellationToken) =>
        Rows(partitionKey, range, cancellationToken).ToAsyncEnumerable();

    public async Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableLimits.CheckTransaction(writes);
        foreach (var write in writes.OfType<TableWrite.Replace>())
        {
            CheckETag(write.Row);
        }

        var stored = writes.Select(write => (Write: write, Row: new StoredRow(write.Row, NewETag()))).ToList();
        return await database.WriteAsync(
            session =>
            {
                // A transaction writes each row once, so the preconditions can all be looked at before the first write.
                if (!stored.TrueForAll(s => Holds(session, s.Write, s.Row)))
                {
                    return false;
                }

                foreach (var (write, row) in stored)
                {
                    _ = write switch
                    {
                        TableWrite.Insert => Insert(session, row),
                        TableWrite.Replace => Replace(session, row),
                        _ => Delete(session, row),
                    };
                }

                return true;
            },
            cancellationToken);
    }

    private static void CheckETag(TableRow row)
    {
        if (row.ETag is null)
        {
            throw new ArgumentException($"A replace needs the ETag of the row as it was read; '{row.RowKey}' carries none.", nameof(row));
        }
    }

    private string NewETag()
    {
        Span<byte> bytes = stackalloc byte[8];
        random.GetBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    private IEnumerable<TableRow> Rows(string partitionKey, RowRange range, CancellationToken cancellationToken)
    {
        TableLimits.CheckKey(partitionKey);
        var from = OrdinalKey.Encode(range.From ?? "");
        var left = range.Take ?? int.MaxValue;
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = Page(partitionKey, from, range.Before, Math.Min(left, PageRows), out var last);
            foreach (var row in page)
            {
                yield return row;
            }

            if (last)
            {
                break;
            }

            left -= page.Count;
            from = OrdinalKey.After(OrdinalKey.Encode(page[^1].RowKey));
        }
    }

    private List<TableRow> Page(string partitionKey, byte[] from, string? before, int take, out bool last)
    {
        var bytes = 0;
        var full = false;
        TableRow Map(SqliteDataReader reader)
        {
            var properties = reader.GetFieldValue<byte[]>(2);
            bytes += properties.Length;
            return new TableRow(partitionKey, OrdinalKey.Decode(reader.GetFieldValue<byte[]>(0)))
            {
                ETag = reader.GetString(1),
                Properties = RowCodec.Decode(properties),
            };
        }

        const string Select = """
            SELECT row_key, etag, properties FROM rows
            WHERE table_id = (SELECT id FROM tables WHERE name = $1) AND partition_key = $2 AND row_key >= $3
            """;
        bool Enough(TableRow row) => full = bytes > PageBytes;
        var partition = OrdinalKey.Encode(partitionKey);
        var rows = database.Read(session => before is null
            ? session.All(Select + " ORDER BY row_key LIMIT $4", Map, Enough, name, partition, from, take)
            : session.All(
                Select + " AND row_key < $5 ORDER BY row_key LIMIT $4",
                Map,
                Enough,
                name,
                partition,
                from,
                take,
                OrdinalKey.Encode(before)));
        last = !full && rows.Count < take;
        return rows;
    }

    private bool Holds(SqliteSession session, TableWrite write, StoredRow row)
    {
        var etag = session.First(
            $"SELECT etag FROM rows WHERE {ThisRow}", reader => reader.GetString(0), name, row.PartitionKey, row.RowKey);
        return write switch
        {
            TableWrite.Insert => etag is null,
            TableWrite.Delete when row.OldETag is null => etag is not null,
            _ => etag == row.OldETag,
        };
    }

    private bool Insert(SqliteSession session, StoredRow row)
    {
        session.Execute("INSERT INTO tables(name) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM tables WHERE name = $1)", name);
        return session.Execute(
            """
            INSERT INTO rows(table_id, partition_key, row_key, etag, properties)
            SELECT id, $2, $3, $4, $5 FROM tables WHERE name = $1 ON CONFLICT DO NOTHING
            """,
            name,
            row.PartitionKey,
            row.RowKey,
            row.ETag,
            row.Properties) == 1;
    }

    private bool Replace(SqliteSession session, StoredRow row) => session.Execute(
        $"UPDATE rows SET etag = $4, properties = $5 WHERE {ThisRow} AND etag = $6",
        name,
        row.PartitionKey,
        row.RowKey,
        row.ETag,
        row.Properties,
        row.OldETag) == 1;

    private bool Delete(SqliteSession session, StoredRow row) =>
        session.Execute($"DELETE FROM rows WHERE {ThisRow}", name, row.PartitionKey, row.RowKey) == 1;

    /// <summary>A row as it is bound, encoded on the caller's thread rather than the one that writes.</summary>
    private sealed class StoredRow(TableRow row, string etag)
    {
        public byte[] PartitionKey { get; } = OrdinalKey.Encode(row.PartitionKey);

        public byte[] RowKey { get; } = OrdinalKey.Encode(row.RowKey);

        public byte[] Properties { get; } = RowCodec.Encode(row.Properties);

        public string? OldETag { get; } = row.ETag;

        public string ETag { get; } = etag;
    }
}
