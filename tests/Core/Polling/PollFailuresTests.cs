using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>What becomes of a poll whose source, storage or connection fails.</summary>
public sealed class PollFailuresTests : IAsyncLifetime
{
    private const string Orders = FakeSource.Entity;
    private const string Products = "products";
    private const string Vendors = "vendors";

    private PollBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await PollBench.ConnectAsync(entities: [Orders, Products, Vendors]);
        await _bench.BeginAsync();
    }

    public static TheoryData<string> Unanswering =>
        new([ErrorCode.SourceUnreachable.Name, ErrorCode.SourceUnavailable.Name, ErrorCode.SourceTimeout.Name, ErrorCode.AuthenticationFailed.Name]);

    [Theory]
    [MemberData(nameof(Unanswering))]
    public async Task A_system_that_does_not_answer_is_asked_once_at_growing_pauses(string code)
    {
        Fail(CodeOf(code));
        await _bench.RunAsync(TimeSpan.FromMinutes(30));

        // At 5 minutes, then after 1, 2, 4, 5, 5 and 5 of them.
        Assert.Equal(7, _bench.Source.Scans.Count);
        Assert.Single(_bench.Source.Scans.Select(s => s.Entity.Name).Distinct());
        Assert.Equal([("sync.failed", code)], (await NewSyncEventsAsync()).Select(e => (e.Type, e.Code)));
        await _bench.AssertIndexedAsync();

        _bench.Source.ScanFailure = _ => null;
        _bench.Source.Scans.Clear();
        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(3, _bench.Source.Scans.Select(s => s.Entity.Name).Distinct().Count());
        Assert.Equal(["sync.failed", "sync.completed"], (await NewSyncEventsAsync()).Select(e => e.Type));
        Assert.All((await _bench.OverviewAsync()).Entities.Values, e => Assert.Equal((SyncState.Done, null, 0), (e.State, e.Error, e.Failures)));
    }

    [Theory]
    [InlineData("PERMISSION_DENIED")]
    [InlineData("SOURCE_ERROR")]
    [InlineData("SOURCE_REJECTED")]
    public async Task What_is_wrong_with_one_entity_does_not_stop_the_others(string code)
    {
        Fail(CodeOf(code), Products);
        foreach (var entity in (string[])[Orders, Products, Vendors])
        {
            _bench.Source.Change("X-1", entity: entity);
        }

        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await _bench.Webhooks.EventsAsync()).Count);
        var failed = await _bench.EntityAsync(Products);
        Assert.Equal((SyncState.Failed, code, 1), (failed.State, failed.Error?.Code, failed.Failures));

        await _bench.RunAsync(TimeSpan.FromMinutes(25));
        Assert.Equal([("sync.failed", Products, code)], await NewSyncEventsAsync());
        Assert.Equal(7, _bench.Source.Scans.Count(s => s.Entity.Name == Products));
        Assert.Equal(6, _bench.Source.Scans.Count(s => s.Entity.Name == Orders));
    }

    /// <summary>An entity that fails in the middle of its walk keeps its pause when others are polled meanwhile, and goes on where it was.</summary>
    [Fact]
    public async Task A_walk_that_failed_waits_for_its_own_time()
    {
        await _bench.ConfigureAsync(new SyncSettings { Interval = TimeSpan.FromHours(1), IntervalWithWebhooks = TimeSpan.FromHours(2), Intervals = new Dictionary<string, TimeSpan> { [Orders] = TimeSpan.FromMinutes(1) } });
        await _bench.DeliverAsync();
        _bench.Source.PageSize = 2;
        for (var i = 0; i < 6; i++)
        {
            _bench.Source.Change($"P-{i}", entity: Products);
        }

        _bench.Source.ScanFailure = r => r.Entity.Name == Products && r.Position is not null ? new ApiException(ErrorCode.SourceError, "It failed.") : null;
        await _bench.RunAsync(TimeSpan.FromMinutes(61));
        _bench.Source.Scans.Clear();

        await _bench.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(3, _bench.Source.Scans.Count(s => s.Entity.Name == Products));
        Assert.True((await _bench.EntityAsync(Products)).IsUnderWay);

        _bench.Source.ScanFailure = _ => null;
        await _bench.RunAsync(TimeSpan.FromMinutes(16));
        Assert.Equal(6, (await _bench.Webhooks.EventsAsync()).Count);
        Assert.DoesNotContain(_bench.Source.Scans, s => s.Entity.Name == Products && s.Position is null);
    }

    [Fact]
    public async Task A_first_comparison_waits_with_the_reading_of_changes_that_failed()
    {
        await using var bench = await PollBench.ConnectAsync(new SyncSettings { Start = SyncStart.Full });
        bench.Source.ScanFailure = _ => new ApiException(ErrorCode.PermissionDenied, "No.");

        await bench.RunAsync(TimeSpan.FromMinutes(13));

        // At 1 minute, then after 1, 2, 4 and 5 of them.
        Assert.Equal(5, bench.Source.Scans.Count);
        Assert.All(bench.Source.Scans, s => Assert.NotNull(s.Since));
    }

    [Fact]
    public async Task A_connection_whose_credentials_are_refused_rests_until_it_is_resumed()
    {
        Fail(ErrorCode.ReauthorizationRequired);
        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Single(_bench.Source.Scans);
        Assert.Empty(await _bench.EntriesAsync());
        Assert.Null((await _bench.OverviewAsync()).Connection.DueAt);

        // Whatever comes up of it nevertheless, such as a message that is delivered again, changes nothing.
        await _bench.Index.AddAsync(_bench.Connection.Id, _bench.Time.GetUtcNow(), Stop);
        await _bench.RunAsync(TimeSpan.FromDays(1));
        Assert.Single(_bench.Source.Scans);
        Assert.Empty(await _bench.EntriesAsync());

        _bench.Source.ScanFailure = _ => null;
        _bench.Source.Change("PO-1");
        await _bench.Syncs.ResumeAsync(_bench.Connection.Id, Stop);
        await _bench.DeliverAsync();

        Assert.Single(await _bench.Webhooks.EventsAsync());
        Assert.Equal(["sync.failed", "sync.completed"], (await NewSyncEventsAsync()).Select(e => e.Type));
        await _bench.RunAsync(PollScheduler.Watch);
        await _bench.AssertIndexedAsync();
    }

    [Fact]
    public async Task A_connection_that_is_resumed_while_it_is_refused_is_tried_again()
    {
        var refused = true;
        _bench.Source.ScanFailure = _ => refused ? new ApiException(ErrorCode.ReauthorizationRequired, "No.") : null;
        _bench.Source.Change("PO-1");
        _bench.Probe.BeforeWrite = async n =>
        {
            if (refused && _bench.Source.Scans.Count > 0)
            {
                refused = false;
                await _bench.Syncs.ResumeAsync(_bench.Connection.Id, Stop);
            }
        };

        await _bench.RunAsync(TimeSpan.FromMinutes(6));

        Assert.Single(await _bench.Webhooks.EventsAsync());
    }

    [Fact]
    public async Task Credentials_that_are_gone_end_the_polling_until_it_is_resumed()
    {
        await _bench.Webhooks.Vault.DeleteAsync(ConnectedSystems.SecretName(_bench.Connection.Id), Stop);

        await _bench.RunAsync(TimeSpan.FromMinutes(30));

        Assert.Empty(_bench.Source.Scans);
        Assert.Empty(await _bench.EntriesAsync());
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(null, 30)]
    public async Task A_system_that_asks_for_fewer_requests_is_left_alone_for_as_long_as_it_says(int? retryAfter, int pause)
    {
        _bench.Source.ScanFailure = r => new ApiException(ErrorCode.RateLimitExceeded, "Too many.") { RetryAfter = retryAfter is { } some ? TimeSpan.FromSeconds(some) : null };
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        var until = _bench.Time.GetUtcNow().AddSeconds(pause);

        Assert.Single(_bench.Source.Scans);
        var overview = await _bench.OverviewAsync();
        var asked = overview.Entities[_bench.Source.Scans[0].Entity.Name];
        Assert.Equal((until, until, 1), (overview.Connection.BackOffUntil, overview.Connection.DueAt, overview.Connection.BackOffs));
        Assert.Equal((SyncState.BackingOff, "RATE_LIMIT_EXCEEDED"), (asked.State, asked.Error?.Code));
        Assert.Empty(await NewSyncEventsAsync());
        await _bench.AssertIndexedAsync();

        // Nor does asking help.
        await _bench.RequestAsync();
        await _bench.DeliverAsync();
        Assert.Single(_bench.Source.Scans);

        _bench.Time.Advance(TimeSpan.FromSeconds(pause));
        await _bench.PollAsync();
        Assert.Equal((2, 2), (_bench.Source.Scans.Count, (await _bench.OverviewAsync()).Connection.BackOffs));

        _bench.Source.ScanFailure = _ => null;
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        overview = await _bench.OverviewAsync();
        Assert.Equal((null, 0), (overview.Connection.BackOffUntil, overview.Connection.BackOffs));
        Assert.All(overview.Entities.Values, e => Assert.Equal((SyncState.Done, null), (e.State, e.Error)));
    }

    [Fact]
    public async Task A_failure_whose_end_comes_after_a_pause_for_too_many_requests_is_told_as_ended()
    {
        Fail(ErrorCode.SourceError, Orders);
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        Fail(ErrorCode.RateLimitExceeded, Orders);
        await _bench.RunAsync(TimeSpan.FromMinutes(2));
        Fail(ErrorCode.SourceError, Orders);
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        _bench.Source.ScanFailure = _ => null;
        await _bench.RunAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["sync.failed", "sync.completed"], (await NewSyncEventsAsync()).Select(e => e.Type));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storage_that_fails_is_not_the_sources_failure(bool hidden)
    {
        // Clients of HTTP hide what they are told before a request behind an error of their own.
        _bench.Source.HidesFaults = hidden;
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        await _bench.Scheduler.TickAsync(Stop);
        var message = _bench.Queue.TakeNext()!;
        _bench.Probe.Reset();
        _bench.Probe.BeforeWrite = n => n == 1 ? throw new IOException("Storage is down.") : Task.CompletedTask;

        await Assert.ThrowsAsync<IOException>(() => _bench.Worker.ProcessAsync(message.Body, Stop));

        Assert.Empty(_bench.Source.Scans);
        await _bench.Worker.ProcessAsync(message.Body, Stop);
        Assert.Equal(3, _bench.Source.Scans.Count);
        Assert.Empty(await NewSyncEventsAsync());
        await _bench.AssertIndexedAsync();
    }

    [Fact]
    public async Task A_queue_that_gives_a_message_up_loses_no_connection()
    {
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        await _bench.Scheduler.TickAsync(Stop);
        Assert.NotNull(_bench.Queue.TakeNext());

        await _bench.RunAsync(PollScheduler.Watch - TimeSpan.FromMinutes(1));
        Assert.Empty(_bench.Source.Scans);
        await _bench.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, _bench.Source.Scans.Count);
        await _bench.AssertIndexedAsync();
    }

    [Fact]
    public async Task A_connection_that_ends_during_a_poll_leaves_nothing_behind()
    {
        _bench.Source.PageSize = 1;
        _bench.Source.Change("PO-1");
        _bench.Source.Change("PO-2");
        _bench.Source.WhileReading = async () =>
        {
            _bench.Source.WhileReading = () => Task.CompletedTask;
            await _bench.Syncs.EndAsync(_bench.Connection.Id, Stop);
        };

        await _bench.RunAsync(TimeSpan.FromHours(1));

        Assert.Single(_bench.Source.Scans);
        Assert.Null(await _bench.Store.ReadAsync(_bench.Connection.Id, Stop));
        Assert.Empty(await _bench.Webhooks.Tables.Table("Syncs").QueryAsync(_bench.Connection.Id, Core.Storage.RowRange.All, Stop).ToListAsync(Stop));
        Assert.Empty(await _bench.EntriesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_during_its_first_poll_leaves_nothing_behind(bool timed)
    {
        await using var bench = await PollBench.ConnectAsync(new SyncSettings { Start = SyncStart.Full }, timed);
        bench.Source.PageSize = 1;
        bench.Source.Change("PO-1");
        bench.Source.Change("PO-2");
        bench.Source.WhileReading = async () =>
        {
            bench.Source.WhileReading = () => Task.CompletedTask;
            await bench.Syncs.EndAsync(bench.Connection.Id, Stop);
        };

        await bench.RunAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(await bench.Webhooks.Tables.Table("Syncs").QueryAsync(bench.Connection.Id, Core.Storage.RowRange.All, Stop).ToListAsync(Stop));
        Assert.Empty(await bench.EntriesAsync());
        Assert.Empty(bench.Webhooks.Blobs.Names);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static ErrorCode CodeOf(string name) => ErrorCode.All.Single(c => c.Name == name);

    private void Fail(ErrorCode code, string? entity = null) =>
        _bench.Source.ScanFailure = r => entity is null || r.Entity.Name == entity ? new ApiException(code, "It failed.") : null;

    /// <summary>Those after the first end of each entity.</summary>
    private async Task<IReadOnlyList<(string Type, string Entity, string? Code)>> NewSyncEventsAsync() => [.. (await _bench.SyncEventsAsync()).Skip(3)];
}
