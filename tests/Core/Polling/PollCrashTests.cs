using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>A poll of several pages ends before or after each write there is, and goes on by the redelivery of its message or when its watch is over.</summary>
public sealed class PollCrashTests
{
    private const int Records = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, SyncStart.Full, true)]
    [InlineData(true, SyncStart.Full, false)]
    [InlineData(false, SyncStart.Full, true)]
    [InlineData(false, SyncStart.Full, false)]
    public async Task A_first_sync_tells_of_every_record_once(bool timed, SyncStart start, bool redelivered)
    {
        var writes = await AtEachWriteAsync(() => ConnectAsync(timed, start), redelivered, async bench =>
        {
            var events = await bench.Webhooks.EventsAsync();
            AssertEventsAre(events, [.. Enumerable.Range(0, Records).Select(i => ($"PO-{i}", bench.Source.Json($"PO-{i}")))]);
            Assert.All(events, e => Assert.Equal("purchase-orders.created", e.Type));
            Assert.Equal(["sync.completed"], (await bench.SyncEventsAsync()).Select(e => e.Type));
        });

        // Three for each record, one for each page, and what is around them.
        Assert.InRange(writes, Records * 3, 45);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_later_poll_tells_of_every_change_once(bool timed, bool redelivered)
    {
        await AtEachWriteAsync(
            async () =>
            {
                var bench = await ConnectAsync(timed, SyncStart.Now);
                await bench.RunAsync(TimeSpan.FromMinutes(6));
                for (var i = 0; i < Records; i++)
                {
                    bench.Source.Change($"PO-{i}", "changed");
                }

                bench.Time.Advance(TimeSpan.FromMinutes(5));
                return bench;
            },
            redelivered,
            async bench =>
            {
                AssertEventsAre(await bench.Webhooks.EventsAsync(), [.. Enumerable.Range(0, Records).Select(i => ($"PO-{i}", bench.Source.Json($"PO-{i}")))]);
                Assert.Equal(["sync.completed"], (await bench.SyncEventsAsync()).Select(e => e.Type));
            });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_comparison_tells_of_every_deletion_once(bool redelivered)
    {
        await AtEachWriteAsync(
            async () =>
            {
                var bench = await ConnectAsync(timed: false, SyncStart.Now);
                bench.Source.Change("PO-5");
                bench.Source.Change("PO-6");
                bench.Source.Change("PO-7");
                bench.Source.Change("PO-8");
                bench.Source.Change("PO-9");
                bench.Time.Advance(TimeSpan.FromHours(2));
                await bench.RunAsync(TimeSpan.FromMinutes(6));
                bench.Source.Delete("PO-0");
                bench.Source.Delete("PO-9");
                bench.Time.Advance(TimeSpan.FromMinutes(5));
                return bench;
            },
            redelivered,
            async bench =>
            {
                AssertEventsAre(await bench.Webhooks.EventsAsync(), [("PO-0", null), ("PO-9", null)]);
                Assert.Empty(bench.Webhooks.Blobs.Names);
            });
    }

    /// <summary>A request that is taken up by a poll that ends is not lost.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_done_and_told_once(bool redelivered)
    {
        await AtEachWriteAsync(
            async () =>
            {
                var bench = await ConnectAsync(timed: true, SyncStart.Full);
                await bench.RunAsync(TimeSpan.FromMinutes(6));
                bench.Source.Delete("PO-0");
                bench.Time.Advance(TimeSpan.FromMinutes(1));
                await bench.RequestAsync(compare: true);
                return bench;
            },
            redelivered,
            async bench =>
            {
                Assert.Equal("PO-0", Assert.Single(await bench.Webhooks.EventsAsync(), e => e.Data is null).Key);
                Assert.Equal(["sync.completed", "sync.completed"], (await bench.SyncEventsAsync()).Select(e => e.Type));
                Assert.Empty((await bench.OverviewAsync()).Connection.Requests);
            });
    }

    private static void AssertEventsAre(IReadOnlyList<SeenEvent> events, IReadOnlyList<(string Key, string? Data)> expected)
    {
        Assert.Equal(expected, events.Select(e => (e.Key, e.Data)).OrderBy(e => e.Key, StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(1, e.Sequence));
        Assert.Equal(events.Count, events.DistinctBy(e => e.Id).Count());
    }

    /// <summary>Does it with a crash at each write in turn, until there is none left to crash at.</summary>
    /// <returns>How many writes there are.</returns>
    private static async Task<int> AtEachWriteAsync(Func<Task<PollBench>> connect, bool redelivered, Func<PollBench, Task> check)
    {
        for (var write = 1; ; write++)
        {
            foreach (var after in (bool[])[false, true])
            {
                await using var bench = await connect();
                if (bench.Queue.Waiting.Count == 0)
                {
                    await bench.Scheduler.TickAsync(Stop);
                }

                var message = bench.Queue.TakeNext()!;
                var crashed = await bench.Probe.CrashAsync(write, after, () => bench.Worker.ProcessAsync(message.Body, Stop));
                bench.Time.Advance(TimeSpan.FromMinutes(1));
                if (redelivered)
                {
                    await bench.Worker.ProcessAsync(message.Body, Stop);
                }

                await bench.RunAsync(PollScheduler.Watch + TimeSpan.FromMinutes(1));
                await check(bench);
                await bench.AssertIndexedAsync();
                if (!crashed)
                {
                    return write - 1;
                }
            }
        }
    }

    private static async Task<PollBench> ConnectAsync(bool timed, SyncStart start)
    {
        var bench = await PollBench.ConnectAsync(new SyncSettings { Start = start, Interval = TimeSpan.FromMinutes(5) }, timed);
        bench.Source.PageSize = 2;
        for (var i = 0; i < Records; i++)
        {
            bench.Source.Change($"PO-{i}");
        }

        // Reading takes time.
        bench.Source.WhileReading = () =>
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(20));
            return Task.CompletedTask;
        };
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        return bench;
    }
}
