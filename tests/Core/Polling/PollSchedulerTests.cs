using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>The timer, by what it costs and by what it sends.</summary>
public sealed class PollSchedulerTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();
    private readonly Probe _probe = new();
    private readonly FakeQueue _queue;

    public PollSchedulerTests() => _queue = new FakeQueue(PollQueue.Definition, _domain.Time) { DropsDuplicates = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _domain.Time.GetUtcNow();

    private DueIndex Index => new(new ProbedTables(_domain.Store.Tables, _probe));

    private PollScheduler Scheduler => new(Index, new ProbedQueue(_queue, _probe), _domain.Time, NullLogger<PollScheduler>.Instance);

    [Fact]
    public async Task Ten_thousand_idle_connections_cost_one_query()
    {
        await AddAsync(10_000, Now.AddMinutes(1));

        Assert.Equal(0, await Scheduler.TickAsync(Stop));

        Assert.Equal((1, 0), (_probe.Reads, _probe.Writes));
    }

    /// <summary>A send for each, and a transaction for each fifty.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(50, 50, 1)]
    [InlineData(51, 51, 2)]
    [InlineData(1_234, 1_234, 25)]
    public async Task What_is_due_costs_a_send_each_and_few_transactions(int due, int sends, int transactions)
    {
        await AddAsync(due, Now.AddMinutes(-3));
        await AddAsync(1_000, Now.AddMinutes(1));

        Assert.Equal(due, await Scheduler.TickAsync(Stop));

        Assert.Equal((1, sends + transactions), (_probe.Reads, _probe.Writes));
        Assert.Equal(sends, _queue.Sent.Count);
        Assert.Equal(due, _queue.Waiting.DistinctBy(m => m.SessionId).Count());
    }

    [Fact]
    public async Task A_connection_that_was_sent_comes_up_again_only_if_nothing_comes_of_it()
    {
        await AddAsync(1, Now);

        Assert.Equal(1, await Scheduler.TickAsync(Stop));
        _domain.Time.Advance(PollScheduler.Watch - TimeSpan.FromTicks(1));
        Assert.Equal(0, await Scheduler.TickAsync(Stop));
        _domain.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await Scheduler.TickAsync(Stop));

        Assert.Equal(2, _queue.Waiting.Count);
    }

    [Fact]
    public async Task A_tick_at_the_same_time_sends_nothing_twice()
    {
        await AddAsync(3, Now);
        var other = 0;
        _probe.BeforeWrite = async n =>
        {
            if (n == 2)
            {
                _probe.BeforeWrite = _ => Task.CompletedTask;
                _domain.Time.Advance(TimeSpan.FromSeconds(1));
                other = await Scheduler.TickAsync(Stop);
            }
        };

        Assert.Equal(3, await Scheduler.TickAsync(Stop));

        Assert.Equal((3, 6, 3), (other, _queue.Sent.Count, _queue.Waiting.Count));
        Assert.Equal(3, await IndexedAsync());
    }

    /// <summary>The process ends before or after each write, and the timer fires again a minute later.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task A_crash_loses_nothing_and_sends_nothing_twice(int write, bool after)
    {
        await AddAsync(3, Now);

        Assert.True(await _probe.CrashAsync(write, after, () => Scheduler.TickAsync(Stop)));
        _domain.Time.Advance(TimeSpan.FromMinutes(1));
        await Scheduler.TickAsync(Stop);

        Assert.Equal(3, _queue.Waiting.Count);
        Assert.Equal(3, await IndexedAsync());
    }

    [Fact]
    public async Task A_timer_that_was_late_sends_each_connection_once_however_often_it_is_in_the_index()
    {
        await Index.AddAsync("c", Now, Stop);
        await Index.AddAsync("c", Now.AddMinutes(3), Stop);
        _domain.Time.Advance(TimeSpan.FromHours(5));

        await Scheduler.TickAsync(Stop);
        await Scheduler.TickAsync(Stop);

        Assert.Equal("c", Assert.Single(_queue.Waiting).SessionId);
        Assert.Equal(1, await IndexedAsync());
    }

    [Fact]
    public async Task A_queue_that_is_down_leaves_the_connections_due()
    {
        await AddAsync(2, Now);
        _queue.Down = true;
        await Assert.ThrowsAsync<IOException>(() => Scheduler.TickAsync(Stop));
        _queue.Down = false;

        Assert.Equal(2, await Scheduler.TickAsync(Stop));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private async Task AddAsync(int connections, DateTimeOffset due)
    {
        // Through the store itself: as many as this one by one take their time.
        var rows = Enumerable.Range(0, connections).Select(i => new TableRow("due", $"{due.UtcTicks:D19}-c{due.Minute}-{i}"));
        foreach (var some in rows.Chunk(TableLimits.TransactionWrites))
        {
            Assert.True(await _domain.Store.Tables.Table("PollsDue").TryTransactAsync([.. some.Select(row => new TableWrite.Insert(row))], Stop));
        }
    }

    private async Task<int> IndexedAsync() => await Index.DueAsync(Now.AddDays(1), Stop).CountAsync(Stop);
}
