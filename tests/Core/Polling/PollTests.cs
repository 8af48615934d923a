using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>What polls find, with webhooks and without them.</summary>
public sealed class PollTests : IAsyncDisposable
{
    private static readonly SyncSettings Full = new() { Start = SyncStart.Full };

    private PollBench _bench = null!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_now_on_tells_nothing_of_what_is_there(bool timed)
    {
        await ConnectAsync(timed: timed);
        AddRecords(5);
        _bench.Time.Advance(TimeSpan.FromDays(1));
        await _bench.BeginAsync();
        Assert.Empty(await _bench.Webhooks.EventsAsync());

        _bench.Source.Change("PO-1", "changed");
        await _bench.RunAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(_bench.Source.Json("PO-1"), Assert.Single(await _bench.Webhooks.EventsAsync()).Data);
        Assert.Equal([("sync.completed", FakeSource.Entity, null)], await _bench.SyncEventsAsync());
        await _bench.AssertIndexedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_full_can_be_asked_for_while_a_comparison_that_tells_of_nothing_goes_on(bool timed)
    {
        await ConnectAsync(timed: timed);
        AddRecords(40);
        _bench.Time.Advance(TimeSpan.FromDays(1));

        // Every poll comes to one page only.
        _bench.Source.WhileReading = () =>
        {
            _bench.Time.Advance(PollWorker.Slice);
            return Task.CompletedTask;
        };
        await _bench.BeginAsync();
        await _bench.RequestAsync(compare: true);
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        Assert.InRange((await _bench.EntityAsync()).Comparison!.Pages, 1, 19);
        _bench.Source.WhileReading = () => Task.CompletedTask;

        await _bench.ConfigureAsync(Full);
        await _bench.RunAsync(TimeSpan.FromMinutes(20));

        var events = await _bench.Webhooks.EventsAsync();
        Assert.Equal(40, events.Count);
        Assert.All(events, e => Assert.Equal("purchase-orders.created", e.Type));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_full_tells_of_every_record_as_created_and_shows_how_far_it_came(bool timed)
    {
        await ConnectAsync(Full, timed);
        AddRecords(7);
        _bench.Time.Advance(TimeSpan.FromDays(1));
        List<(SyncState, long?, long?)> seen = [];
        _bench.Source.WhileReading = async () =>
        {
            var entity = (await _bench.OverviewAsync()).Entities.GetValueOrDefault(FakeSource.Entity);
            seen.Add((entity?.State ?? SyncState.Waiting, entity?.Comparison?.Read, entity?.Comparison?.Total));
        };

        await _bench.BeginAsync();

        var events = await _bench.Webhooks.EventsAsync();
        Assert.Equal(7, events.Count);
        Assert.All(events, e => Assert.Equal("purchase-orders.created", e.Type));
        Assert.Contains((SyncState.InProgress, 2, 7), seen);
        Assert.Contains((SyncState.InProgress, 6, 7), seen);
        Assert.Equal([("sync.completed", FakeSource.Entity, null)], await _bench.SyncEventsAsync());
        var entity = await _bench.EntityAsync();
        Assert.Equal((SyncState.Done, null, 7, 0), (entity.State, entity.Comparison, entity.Counts.Changed, entity.Counts.Deleted));
        Assert.Empty(_bench.Webhooks.Blobs.Names);
    }

    [Fact]
    public async Task An_idle_poll_reads_one_page_with_nothing_in_it()
    {
        await ConnectAsync();
        AddRecords(5);
        await _bench.BeginAsync();
        await _bench.RunAsync(TimeSpan.FromHours(2));
        var before = (await _bench.EntityAsync()).Counts.Read;
        _bench.Source.Scans.Clear();

        await _bench.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(12, _bench.Source.Scans.Count);
        Assert.Equal(before, (await _bench.EntityAsync()).Counts.Read);
    }

    [Fact]
    public async Task A_poll_goes_page_by_page_from_before_its_last_change()
    {
        await ConnectAsync();
        await _bench.BeginAsync();
        AddRecords(5);
        var first = _bench.Time.GetUtcNow();
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        var cursor = (await _bench.EntityAsync()).Cursor!;

        Assert.Equal(3, _bench.Source.Scans.Count);
        Assert.Single(_bench.Source.Scans.Select(s => s.Since).Distinct());
        Assert.Equal((first, first - ChangeCursor.Overlap), (cursor.Newest, cursor.Since));
        Assert.Equal(5, (await _bench.Webhooks.EventsAsync()).Count);
    }

    [Fact]
    public async Task A_record_that_changes_while_it_is_listed_comes_with_its_last_state()
    {
        await ConnectAsync();
        await _bench.BeginAsync();
        AddRecords(5);
        var changes = 0;
        _bench.Source.WhileReading = () =>
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(10));
            if (changes++ < 3)
            {
                _bench.Source.Change("PO-0", $"during {changes}");
            }

            return Task.CompletedTask;
        };

        await _bench.RunAsync(TimeSpan.FromMinutes(12));

        var events = await _bench.Webhooks.EventsAsync();
        Assert.Equal(_bench.Source.Json("PO-0"), events.Last(e => e.Key == "PO-0").Data);
        Assert.Equal(5, events.DistinctBy(e => e.Key).Count());
    }

    [Theory]
    [InlineData(-55)]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(600)]
    public async Task A_clock_that_is_late_or_ahead_hides_no_change(int minutes)
    {
        await ConnectAsync();
        _bench.Source.ClockAhead = TimeSpan.FromMinutes(minutes);
        await _bench.BeginAsync();
        for (var i = 0; i < 30; i++)
        {
            _bench.Source.Change($"PO-{i}");
            await _bench.RunAsync(TimeSpan.FromMinutes((i * 7) % 13));
        }

        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(30, (await _bench.Webhooks.EventsAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_is_seen_both_ways_is_one_event_whichever_comes_first(bool webhookFirst)
    {
        await ConnectAsync();
        AddRecords(3);
        await _bench.BeginAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        _bench.Source.Change("PO-1", "changed");
        var message = await _bench.Webhooks.ReceiveAsync(new SourceWebhook("PO-1"));

        if (webhookFirst)
        {
            await _bench.Webhooks.ProcessAsync(message);
        }

        await _bench.RunAsync(TimeSpan.FromMinutes(61));
        if (!webhookFirst)
        {
            await _bench.Webhooks.ProcessAsync(message);
        }

        Assert.Equal(_bench.Source.Json("PO-1"), Assert.Single(await _bench.Webhooks.EventsAsync()).Data);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_poll_that_read_before_a_newer_webhook_does_not_overwrite_it(bool timed, bool fat)
    {
        await ConnectAsync(timed: timed);
        AddRecords(1);
        await _bench.BeginAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        _bench.Source.Change("PO-0", "as the poll read it");
        _bench.Source.WhileReading = async () =>
        {
            _bench.Source.WhileReading = () => Task.CompletedTask;
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            var newer = _bench.Source.Change("PO-0", "as the webhook told it");
            var webhook = new SourceWebhook("PO-0") { Version = newer.Version };
            var message = await _bench.Webhooks.ReceiveAsync(fat ? webhook.Bringing(newer.ToJson(timed)) : webhook);
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            await _bench.Webhooks.ProcessAsync(message);
        };

        await _bench.PollAsync();

        Assert.Equal(_bench.Source.Json("PO-0"), Assert.Single(await _bench.Webhooks.EventsAsync()).Data);
    }

    [Fact]
    public async Task The_interval_follows_the_webhooks()
    {
        await ConnectAsync(new SyncSettings { WebhookWindow = TimeSpan.FromMinutes(30) });
        AddRecords(1);
        await _bench.BeginAsync();
        Assert.Equal(5, await PollsInAnHourAsync(25));

        // They flow: a poll when the window of the last one that was known would be over.
        for (var i = 0; i < 12; i++)
        {
            await WebhookAsync();
            await _bench.RunAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(3, _bench.Source.Scans.Count);

        // They stop: from the end of the last one's window, after 25 minutes, the interval is the short one.
        _bench.Source.Scans.Clear();
        await _bench.RunAsync(TimeSpan.FromMinutes(60));
        Assert.Equal(9, _bench.Source.Scans.Count);

        // They come again, but one was missed.
        await WebhookAsync();
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        _bench.Source.Change("PO-0", "nobody told");
        await WebhookAsync("PO-9");
        await _bench.RunAsync(TimeSpan.FromMinutes(30));
        Assert.NotNull((await _bench.EntityAsync()).MissedAt);
        Assert.Equal(5, await PollsInAnHourAsync(25));

        async Task<int> PollsInAnHourAsync(int minutes)
        {
            _bench.Source.Scans.Clear();
            await _bench.RunAsync(TimeSpan.FromMinutes(minutes));
            var polls = _bench.Source.Scans.Count;
            _bench.Source.Scans.Clear();
            return polls;
        }

        async Task WebhookAsync(string? key = null)
        {
            _bench.Source.Change(key ?? "PO-5");
            await _bench.Webhooks.ProcessAsync(await _bench.Webhooks.ReceiveAsync(new SourceWebhook(key ?? "PO-5")));
        }
    }

    [Fact]
    public async Task Each_entity_has_its_own_interval_and_cursor()
    {
        await ConnectAsync(new SyncSettings { Intervals = new Dictionary<string, TimeSpan> { ["vendors"] = TimeSpan.FromMinutes(1) } }, entities: [FakeSource.Entity, "vendors"]);
        await _bench.BeginAsync();
        _bench.Source.Change("V-1", entity: "vendors");
        _bench.Source.Change("PO-1");

        await _bench.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("vendors.updated", Assert.Single(await _bench.Webhooks.EventsAsync()).Type);
        await _bench.RunAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(2, (await _bench.Webhooks.EventsAsync()).Count);
        Assert.Equal((5, 1), (_bench.Source.Scans.Count(s => s.Entity.Name == "vendors"), _bench.Source.Scans.Count(s => s.Entity.Name != "vendors")));
        await _bench.AssertIndexedAsync();
    }

    /// <summary>Its next time is the very one at which its message would be taken for lost.</summary>
    [Fact]
    public async Task An_interval_as_long_as_the_watch_over_a_message_loses_no_connection()
    {
        await ConnectAsync(new SyncSettings { Interval = PollScheduler.Watch });
        await _bench.BeginAsync();
        await _bench.RunAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(3, _bench.Source.Scans.Count);
        await _bench.AssertIndexedAsync();
    }

    /// <summary>By the machine that polls, the time has not come when the timer of another sends the message.</summary>
    [Fact]
    public async Task A_clock_behind_the_timers_costs_a_minute_at_most()
    {
        await ConnectAsync();
        await _bench.BeginAsync();
        var due = Assert.Single(await _bench.EntriesAsync());
        _bench.Time.SetUtcNow(due.AddMilliseconds(-50));
        await new PollScheduler(_bench.Index, _bench.Queue, new FakeTimeProvider(due), NullLogger<PollScheduler>.Instance).TickAsync(TestContext.Current.CancellationToken);
        await _bench.DeliverAsync();
        Assert.Empty(_bench.Source.Scans);

        await _bench.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_bench.Source.Scans);
        await _bench.AssertIndexedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_version_of_the_connector_may_find_changes_in_another_way(bool timed)
    {
        await ConnectAsync(timed: timed);
        AddRecords(5);
        await _bench.BeginAsync();

        _bench.Source.Timed = !timed;
        _bench.Source.Change("PO-1", "changed");
        await _bench.RunAsync(TimeSpan.FromMinutes(12));

        Assert.Equal(_bench.Source.Json("PO-1"), (await _bench.Webhooks.EventsAsync()).Last(e => e.Key == "PO-1").Data);
        Assert.Equal(SyncState.Done, (await _bench.EntityAsync()).State);
        await _bench.AssertIndexedAsync();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task ConnectAsync(SyncSettings? settings = null, bool timed = true, params string[] entities)
    {
        _bench = await PollBench.ConnectAsync(settings, timed, entities);
        _bench.Source.PageSize = 2;
    }

    private void AddRecords(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bench.Source.Change($"PO-{i}");
        }
    }
}
