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
    private readonly Dictionary<string, HashSet<string>> _acknowledged =
        new[] { "inserted", "transacted", "sent", "completing", "completed", "kept" }
            .ToDictionary(what => what, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);

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

        Assert.All(_acknowledged.Values, Assert.NotEmpty);
    }

    [Fact]
    public async Task A_second_process_is_refused()
    {
        _ = _store.Store;
        using var process = Start("second");
        var errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Contains($"The database '{_store.Path}' is in use by another process.", errors, StringComparison.Ordinal);
        Assert.NotEqual(0, process.ExitCode);
    }

    private HashSet<string> Acknowledged(string what) => _acknowledged[what];

    private async Task WriteUntilKilledAsync(int run, int acknowledgements)
    {
        using var process = Start($"r{run}");
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

    private Process Start(string run) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Millwright.Embedded.Crash.dll"), _store.Path, run])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

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

        var messages = session.All(
            "SELECT message_id FROM messages JOIN payloads USING (sequence)", reader => reader.GetString(0), enough: null);
        // What it had begun to complete may be gone without its having been told.
        var pending = Acknowledged("sent").Except(Acknowledged("completing"), StringComparer.Ordinal);
        Assert.Superset(pending.ToHashSet(StringComparer.Ordinal), messages.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(messages.Intersect(Acknowledged("completed"), StringComparer.Ordinal));
        Assert.Equal(messages.Count, session.Number("SELECT count(*) FROM payloads"));

        var transactions = session.All(
            "SELECT partition_key, count(*) FROM rows GROUP BY partition_key",
            reader => (Partition: Tables.OrdinalKey.Decode(reader.GetFieldValue<byte[]>(0)), Rows: reader.GetInt32(1)),
            enough: null);
        var started = transactions.Where(t => t.Partition.StartsWith("transacted.", StringComparison.Ordinal)).ToList();
        Assert.All(started, transaction => Assert.Equal(TransactionRows, transaction.Rows));
        var ids = started.Select(t => t.Partition["transacted.".Length..]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(Acknowledged("transacted"), ids);
    }
}
