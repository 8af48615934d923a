using Millwright.Core.Errors;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>What applications ask for and choose, before, during and after polls.</summary>
public sealed class SyncRequestsTests : IAsyncLifetime
{
    private const string Orders = FakeSource.Entity;
    private const string Vendors = "vendors";

    private PollBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await PollBench.ConnectAsync(entities: [Orders, Vendors]);
        await _bench.BeginAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_request_is_done_at_once_and_its_end_is_told()
    {
        _bench.Source.Change("PO-1");

        await _bench.RequestAsync(entities: Orders);
        await _bench.DeliverAsync();

        Assert.Single(await _bench.Webhooks.EventsAsync());
        Assert.Equal(Orders, Assert.Single(_bench.Source.Scans).Entity.Name);
        Assert.Equal([("sync.completed", Orders, null)], await NewSyncEventsAsync());
        await _bench.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Single(await NewSyncEventsAsync());
        await _bench.AssertIndexedAsync();
    }

    [Fact]
    public async Task A_poll_before_its_time_does_not_come_up_at_that_time_again()
    {
        for (var i = 0; i < 3; i++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(20));
            await _bench.RequestAsync();
            await _bench.DeliverAsync();

            await _bench.AssertIndexedAsync();
        }
    }

    [Fact]
    public async Task A_comparison_that_is_asked_for_is_told_when_it_ends()
    {
        await _bench.RequestAsync(compare: true, entities: Orders);
        await _bench.DeliverAsync();

        Assert.Equal(1, _bench.Source.Scans.Count(s => s.Since is null));
        Assert.Equal([("sync.completed", Orders, null)], await NewSyncEventsAsync());
        Assert.NotNull((await _bench.EntityAsync()).ComparedAt);
    }

    [Fact]
    public async Task A_comparison_that_is_asked_for_before_the_first_poll_is_made_by_it()
    {
        await using var bench = await PollBench.ConnectAsync();
        await bench.RequestAsync(compare: true);

        await bench.DeliverAsync();

        Assert.NotNull((await bench.EntityAsync()).ComparedAt);
        Assert.Equal(["sync.completed"], (await bench.SyncEventsAsync()).Select(e => e.Type));
    }

    [Fact]
    public async Task A_request_that_comes_during_a_poll_is_done_by_the_next()
    {
        var asked = false;
        _bench.Source.WhileReading = async () =>
        {
            if (!asked)
            {
                asked = true;
                _bench.Time.Advance(TimeSpan.FromSeconds(1));
                await _bench.RequestAsync(entities: Orders);
                _bench.Source.Change("PO-1");
            }
        };
        await _bench.RequestAsync(entities: Orders);
        var message = _bench.Queue.TakeNext()!;

        // The message of the second is lost, which the index makes up for.
        await _bench.Worker.ProcessAsync(message.Body, Stop);
        Assert.NotNull(_bench.Queue.TakeNext());
        await _bench.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Single(await _bench.Webhooks.EventsAsync());
        Assert.Empty((await _bench.OverviewAsync()).Connection.Requests);
        await _bench.RunAsync(PollScheduler.Watch);
        await _bench.AssertIndexedAsync();
    }

    [Fact]
    public async Task Settings_that_change_during_a_poll_hold_after_it()
    {
        _bench.Source.WhileReading = async () =>
        {
            _bench.Source.WhileReading = () => Task.CompletedTask;
            await _bench.ConfigureAsync(new SyncSettings { Interval = TimeSpan.FromMinutes(1), Entities = [Orders] });
        };
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        _bench.Source.Scans.Clear();

        await _bench.RunAsync(TimeSpan.FromMinutes(4));

        Assert.Equal([Orders, Orders, Orders, Orders], _bench.Source.Scans.Select(s => s.Entity.Name));
    }

    [Fact]
    public async Task Polling_that_is_switched_off_during_a_poll_ends_with_it_and_begins_again_where_it_was()
    {
        _bench.Source.WhileReading = async () =>
        {
            _bench.Source.WhileReading = () => Task.CompletedTask;
            await _bench.ConfigureAsync(new SyncSettings { Enabled = false });
        };
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        _bench.Source.Scans.Clear();
        _bench.Source.Change("PO-1");

        await _bench.RunAsync(TimeSpan.FromHours(5));
        Assert.Empty(_bench.Source.Scans);
        Assert.Empty(await _bench.EntriesAsync());

        await _bench.ConfigureAsync(new SyncSettings());
        await _bench.DeliverAsync();
        Assert.Single(await _bench.Webhooks.EventsAsync());
    }

    [Fact]
    public async Task A_shorter_interval_between_comparisons_holds_at_once()
    {
        await _bench.ConfigureAsync(new SyncSettings { CompareInterval = TimeSpan.FromHours(1) });
        await _bench.DeliverAsync();
        _bench.Source.Scans.Clear();

        await _bench.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, _bench.Source.Scans.Count(s => s.Since is null));
    }

    [Fact]
    public async Task A_connection_that_polls_nothing_is_not_in_the_index()
    {
        await _bench.ConfigureAsync(new SyncSettings { Entities = [] });
        await _bench.RunAsync(PollScheduler.Watch);

        Assert.Empty(await _bench.EntriesAsync());
        Assert.Empty(_bench.Source.Scans);
    }

    [Fact]
    public async Task Unknown_entities_and_too_many_requests_are_refused()
    {
        var unknown = await Assert.ThrowsAsync<ApiException>(() => _bench.RequestAsync(entities: "unicorns"));
        Assert.Equal((ErrorCode.ValidationFailed, "unicorns"), (unknown.Code, Assert.Single(unknown.Details).Field));
        for (var i = 0; i < 20; i++)
        {
            await _bench.RequestAsync();
        }

        Assert.Equal(ErrorCode.RateLimitExceeded, (await Assert.ThrowsAsync<ApiException>(() => _bench.RequestAsync())).Code);
        await _bench.DeliverAsync();
        await _bench.RequestAsync();
    }

    [Fact]
    public async Task What_is_not_polled_cannot_be_asked_for()
    {
        await _bench.ConfigureAsync(new SyncSettings { Enabled = false });

        Assert.Equal(ErrorCode.ValidationFailed, (await Assert.ThrowsAsync<ApiException>(() => _bench.RequestAsync())).Code);
    }

    [Fact]
    public async Task An_interval_with_webhooks_that_is_the_shorter_one_is_refused() => Assert.Equal(
        ErrorCode.ValidationFailed,
        (await Assert.ThrowsAsync<ApiException>(() => _bench.ConfigureAsync(new SyncSettings { IntervalWithWebhooks = TimeSpan.FromMinutes(4) }))).Code);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Those after the first end of each entity.</summary>
    private async Task<IReadOnlyList<(string Type, string Entity, string? Code)>> NewSyncEventsAsync() => [.. (await _bench.SyncEventsAsync()).Skip(2)];
}
