using System.Reflection;
using Millwright.Core.Storage;
using Millwright.Embedded.Queues;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tests;

public sealed class QueryPlanTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    public static TheoryData<string, string> Statements => new(
        typeof(QueueStatements).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (f.Name, (string)f.GetRawConstantValue()!)));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_that_runs_for_every_message_scans_or_sorts(string name, string sql)
    {
        _ = _store.Store;
        await _store.CloseAsync();
        using var session = new SqliteSession(_store.Path);
        object?[] values = [.. Enumerable.Range(1, 9).Where(i => sql.Contains($"${i}", StringComparison.Ordinal)).Select(_ => (object?)1L)];
        var plan = session.All("EXPLAIN QUERY PLAN " + sql, reader => reader.GetString(3), enough: null, values);
        Assert.All(plan, step => Assert.False(IsCostly(step), $"{name}: {step}"));
    }

    [Fact]
    public async Task The_check_finds_a_statement_that_scans()
    {
        _ = _store.Store;
        await _store.CloseAsync();
        using var session = new SqliteSession(_store.Path);
        var plan = session.All("EXPLAIN QUERY PLAN SELECT * FROM messages WHERE lock_token = 'x'", reader => reader.GetString(3), enough: null);
        Assert.Contains(plan, IsCostly);
    }

    [Fact]
    public async Task A_queue_of_100_000_messages_in_10_000_sessions_hands_out_the_oldest_of_each()
    {
        const int Sessions = 10_000;
        _store.Queues = [new QueueDefinition("q") { RequiresSession = true }];
        var store = _store.Store;
        var cancel = TestContext.Current.CancellationToken;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = cancel };
        await Parallel.ForAsync(0, Sessions * 10, parallel, async (i, token) =>
            await store.Sender.SendAsync("q", new QueueMessage($"{i}", "") { SessionId = $"{i % Sessions}" }, token));

        var received = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => store.Receiver.ReceiveAsync("q", cancel)));
        Assert.Equal(500, received.Select(delivery => delivery.Message.SessionId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(received.Select(delivery => delivery.SequenceNumber).Order(), received.Select(delivery => delivery.SequenceNumber));
    }

    private static bool IsCostly(string step) =>
        (step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW") || step.Contains("TEMP B-TREE", StringComparison.Ordinal);
}
