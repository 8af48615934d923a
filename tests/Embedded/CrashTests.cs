using System.Diagnostics;
using System.Security.Cryptography;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tests;

/// <summary>
/// A process that writes is killed (SIGKILL) at random points, again and again on one database. The oracle is what it had printed after each
/// write returned: all of that is there, nothing that was completed comes back, and transactions are there whole or not at all.
/// </summary>
public sealed class CrashTests : IAsyncDisposable
{
    private const int Kills = 20;
    private const int TransactionRows = 10;

    private readonly TemporaryStore _store = new(time: null, new QueueDefinition("orders") { RequiresSession = true });
    private readonly ILookup<string, HashSet<string>> _acknowledged = new[] { "inserted", "transacted", "sent", "completing", "completed", "kept" }
        .ToLookup(what => what, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Every_acknowledged_write_survives_kill_9()
    {
        for (var run = 0; run < Kills; run++)
        {
            await WriteUntilKilledAsync(run, RandomNumberGenerator.GetInt32(1, 400));
            await VerifyAsync();
            await _store.CloseAsync();
            VerifyFile();
        }

        Assert.All(_acknowledged, acknowledged => Assert.NotEmpty(acknowledged.Single()));
    }

    private HashSet<string> Acknowledged(string what) => _acknowledged[what].Single();

    private async Task WriteUntilKilledAsync(int run, int acknowledgements)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Millwright.Embedded.Crash.dll"));
        start.ArgumentList.Add(_store.Path);
        start.ArgumentList.Add($"r{run}");
        using var process = Process.Start(start)!;

        for (var count = 0; await process.StandardOutput.ReadLineAsync(Cancel) is { } line; count++)
        {
            var words = line.Split(' ');
            Acknowledged(words[0]).Add(words[1]);
            if (count == acknowledgements)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(Cancel);
        Assert.Equal(128 + 9, process.ExitCode);
    }

    private async Task VerifyAsync()
    {
        var table = _store.Store.Tables.Table("Rows");
        var inserted = await table.QueryAsync("inserted", RowRange.All, Cancel).Select(row => row.RowKey).ToHashSetAsync(StringComparer.Ordinal, Cancel);
        Assert.Superset(Acknowledged("inserted"), inserted);
        foreach (var id in Acknowledged("kept"))
        {
            Assert.NotNull(await _store.Store.Blobs.GetAsync(id, Cancel));
            Assert.Equal(id, await _store.Store.Vault.GetAsync(id.Replace('.', '-'), Cancel));
        }
    }

    private void VerifyFile()
    {
        using var session = new SqliteSession(_store.Path);
        Assert.Equal("ok", session.First("PRAGMA integrity_check", reader => reader.GetString(0)));

        var messages = session.All("SELECT message_id FROM messages JOIN payloads USING (sequence)", reader => reader.GetString(0), enough: null);
        // What it had begun to complete may be gone without its having been told.
        Assert.Superset(Acknowledged("sent").Except(Acknowledged("completing")).ToHashSet(StringComparer.Ordinal), messages.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(messages.Intersect(Acknowledged("completed"), StringComparer.Ordinal));
        Assert.Equal(messages.Count, session.Number("SELECT count(*) FROM payloads"));

        var transactions = session.All(
            "SELECT partition_key, count(*) FROM rows GROUP BY partition_key",
            reader => (Partition: Tables.OrdinalKey.Decode(reader.GetFieldValue<byte[]>(0)), Rows: reader.GetInt32(1)),
            enough: null);
        var whole = transactions.Where(t => t.Partition.StartsWith("transacted.", StringComparison.Ordinal)).ToList();
        Assert.All(whole, transaction => Assert.Equal(TransactionRows, transaction.Rows));
        Assert.Superset(Acknowledged("transacted"), whole.Select(t => t.Partition["transacted.".Length..]).ToHashSet(StringComparer.Ordinal));
    }
}
