using CsCheck;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>The budget of requests over whole polls, whose processes end at any write.</summary>
public sealed class PollBudgetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_that_is_spent_is_no_failure_and_the_rest_is_read_when_there_is_more()
    {
        await using var bench = await PollBench.ConnectAsync(new SyncSettings { Start = SyncStart.Full, RequestsPerMinute = 12 });
        bench.Source.PageSize = 1;
        for (var i = 0; i < 30; i++)
        {
            bench.Source.Change($"PO-{i}");
        }

        bench.Time.Advance(TimeSpan.FromDays(1));
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(12, bench.Source.Requests.Count);
        Assert.Equal(SyncState.InProgress, (await bench.EntityAsync()).State);
        Assert.Equal(bench.Time.GetUtcNow().AddSeconds(70), (await bench.OverviewAsync()).Connection.DueAt);
        await bench.AssertIndexedAsync();

        await bench.RunAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(30, (await bench.Webhooks.EventsAsync()).Count);
        Assert.Equal(["sync.completed"], (await bench.SyncEventsAsync()).Select(e => e.Type));
    }

    [Fact]
    public Task No_minute_has_more_requests_than_allowed_whatever_ends_the_polls()
    {
        var cases =
            from perMinute in Gen.Int[1, 30]
            from seed in Gen.Int[0, int.MaxValue]
            select (perMinute, seed);
        return cases.SampleAsync(
            async one =>
            {
                var random = new Random(one.seed);
                await using var bench = await PollBench.ConnectAsync(
                    new SyncSettings { Interval = TimeSpan.FromMinutes(1), RequestsPerMinute = one.perMinute }, timed: false);
                bench.Source.PageSize = 1;
                bench.Source.HidesFaults = random.Next(2) == 0;
                for (var i = 0; i < 20; i++)
                {
                    bench.Source.Change($"PO-{i}");
                }

                // Requests take their time, but for those that do not.
                bench.Source.WhileReading = () =>
                {
                    bench.Time.Advance(TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(15_000) : 0));
                    return Task.CompletedTask;
                };
                for (var poll = 0; poll < 15; poll++)
                {
                    bench.Time.Advance(TimeSpan.FromSeconds(random.Next(40)));
                    await bench.Scheduler.TickAsync(Stop);
                    if (bench.Queue.TakeNext() is { } message
                        && await bench.Probe.CrashAsync(random.Next(1, 40), random.Next(2) == 0, () => bench.Worker.ProcessAsync(message.Body, Stop)))
                    {
                        bench.Queue.Waiting.Add(message);
                    }
                }

                Assert.NotEmpty(bench.Source.Requests);
                RequestBudgetTests.AssertNoMinuteOver(one.perMinute, bench.Source.Requests.ConvertAll(at => (at, 1)));
            },
            iter: 40,
            threads: 1);
    }
}
