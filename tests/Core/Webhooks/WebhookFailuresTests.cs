using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookFailuresTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;
    private int _webhooks;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WebhookFailures Failures => _bench.Failures;

    private string Application => _bench.Connection.ApplicationId;

    public async ValueTask InitializeAsync() => _bench = await WebhookBench.ConnectAsync();

    [Fact]
    public async Task A_parked_webhook_is_kept_with_its_cause()
    {
        var webhook = Webhook() with { Entity = "purchase-orders", Key = "PO-1", Body = "{}"u8.ToArray() };
        await Failures.ParkAsync(webhook, "SOURCE_ERROR", new string('m', 5_000), 10, Stop);

        var failure = await Failures.GetAsync(Application, await IdOfAsync(webhook), Stop);

        Assert.Equal(("SOURCE_ERROR", new string('m', 2_000), 10), (failure.Code, failure.Message, failure.Attempts));
        Assert.Equal((FailureState.Parked, _bench.Time.GetUtcNow()), (failure.State, failure.ParkedAt));
        Assert.Equal(webhook.ToJson(), failure.Webhook.ToJson());
    }

    [Fact]
    public async Task The_largest_envelope_can_be_parked_and_replayed()
    {
        var body = new byte[45 * 1024];
        var webhook = await (Webhook() with { Key = new string('k', 1_000) }).WithBodyAsync(body, _bench.Blobs, Stop);
        Assert.NotNull(webhook.Body);
        await Failures.ParkAsync(webhook, "SOURCE_ERROR", new string('\u6ce8', 5_000), 10, Stop);

        var failure = await Failures.ReplayAsync(Application, await IdOfAsync(webhook), Stop);

        Assert.Equal(body, failure.Webhook.Body);
    }

    [Fact]
    public async Task Parking_again_replaces_the_cause_and_keeps_the_count_of_replays()
    {
        var webhook = Webhook();
        await Failures.ParkAsync(webhook, "SOURCE_ERROR", "First.", 10, Stop);
        var replayed = await Failures.ReplayAsync(Application, await IdOfAsync(webhook), Stop);

        // An old message of it comes late.
        await Failures.ParkAsync(webhook, "SOURCE_TIMEOUT", "Second.", 3, Stop);

        var failure = Assert.Single(await _bench.ParkedAsync());
        Assert.Equal(("SOURCE_TIMEOUT", "Second.", 3, FailureState.Parked), (failure.Code, failure.Message, failure.Attempts, failure.State));
        Assert.Equal(replayed.Webhook.Replay, failure.Webhook.Replay);
    }

    [Fact]
    public async Task Filters_show_what_matches_the_oldest_first()
    {
        var (early, late) = (_bench.Time.GetUtcNow(), _bench.Time.GetUtcNow().AddHours(1));
        var one = await ParkAsync(Webhook());
        var other = await ParkAsync(Webhook() with { ConnectionId = new string('c', 32), ReceivedAt = late });
        var replayed = await ParkAsync(Webhook() with { ReceivedAt = late.AddMilliseconds(1) });
        await Failures.ReplayAsync(Application, replayed, Stop);
        var query = new FailureQuery(Application);

        Assert.Equal([one, other, replayed], await ListAsync(query));
        Assert.Equal([one, replayed], await ListAsync(query with { ConnectionId = _bench.Connection.Id }));
        Assert.Equal([one, other], await ListAsync(query with { State = FailureState.Parked }));
        Assert.Equal([replayed], await ListAsync(query with { State = FailureState.Replaying }));
        Assert.Empty(await ListAsync(query with { State = FailureState.Resolved }));
        Assert.Equal([other, replayed], await ListAsync(query with { From = late }));
        Assert.Equal([one], await ListAsync(query with { Before = late }));
        Assert.Equal([other], await ListAsync(query with { From = early.AddTicks(10_000), Before = late.AddMilliseconds(1) }));
        Assert.Equal([replayed], await ListAsync(query with { After = other }));
        Assert.Empty(await ListAsync(query with { After = replayed }));
        Assert.Empty(await ListAsync(new FailureQuery("another")));
    }

    [Fact]
    public async Task A_page_goes_on_after_the_last_one_over_the_end_of_months()
    {
        var ids = new List<string>();
        foreach (var month in Enumerable.Range(1, 12))
        {
            ids.Add(await ParkAsync(Webhook() with { ReceivedAt = new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero) }));
            ids.Add(await ParkAsync(Webhook() with { ReceivedAt = new DateTimeOffset(2026, month, 28, 23, 59, 59, TimeSpan.Zero) }));
        }

        var read = new List<string>();
        string? after = null;
        while (await Failures.ListAsync(new FailureQuery(Application) { After = after }, Stop).Take(5).Select(f => f.Id).ToListAsync(Stop) is { Count: > 0 } page)
        {
            read.AddRange(page);
            after = page[^1];
        }

        Assert.Equal(ids, read);
        Assert.Equal(ids[4..8], await ListAsync(new FailureQuery(Application) { From = At(3), Before = At(5) }));
    }

    [Fact]
    public async Task The_later_of_a_page_and_a_time_is_where_the_list_starts()
    {
        var first = await ParkAsync(Webhook() with { ReceivedAt = At(3) });
        await ParkAsync(Webhook() with { ReceivedAt = At(3).AddHours(1) });
        var last = await ParkAsync(Webhook() with { ReceivedAt = At(3).AddHours(2) });

        Assert.Equal([last], await ListAsync(new FailureQuery(Application) { After = first, From = At(3).AddHours(2) }));
        Assert.Equal([last], await ListAsync(new FailureQuery(Application) { After = first, From = At(3).AddHours(1.5) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zzz")]
    [InlineData("\0")]
    [InlineData("/\\#?")]
    [InlineData("'; drop")]
    public async Task An_odd_place_to_go_on_from_does_no_harm(string after)
    {
        var id = await ParkAsync(Webhook());

        Assert.Equal(string.CompareOrdinal(after, id) < 0 ? [id] : [], await ListAsync(new FailureQuery(Application) { After = after }));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0000000000000000000000000000000g")]
    [InlineData("0000000000000000000000000000000A")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("../../../../../../../../../../..")]
    public async Task An_id_that_is_unknown_or_none_is_not_found(string id)
    {
        await ParkAsync(Webhook());

        Assert.Equal(ErrorCode.FailureNotFound, (await Assert.ThrowsAsync<ApiException>(() => Failures.GetAsync(Application, id, Stop))).Code);
        Assert.Equal(ErrorCode.FailureNotFound, (await Assert.ThrowsAsync<ApiException>(() => Failures.ReplayAsync(Application, id, Stop))).Code);
        Assert.Empty(_bench.Queue.Sent);
    }

    [Fact]
    public async Task Another_applications_failure_is_not_found()
    {
        var id = await ParkAsync(Webhook());

        Assert.Equal(ErrorCode.FailureNotFound, (await Assert.ThrowsAsync<ApiException>(() => Failures.ReplayAsync("another", id, Stop))).Code);
    }

    [Fact]
    public async Task A_replay_is_another_message_of_the_same_webhook()
    {
        var id = await ParkAsync(Webhook() with { Attempt = 9, Recheck = 2 });

        var once = await Failures.ReplayAsync(Application, id, Stop);
        var twice = await Failures.ReplayAsync(Application, id, Stop);

        Assert.Equal((FailureState.Replaying, 1), (once.State, once.Webhook.Replay));
        Assert.Equal((FailureState.Replaying, 2, 0, 0), (twice.State, twice.Webhook.Replay, twice.Webhook.Attempt, twice.Webhook.Recheck));
        Assert.Equal(2, _bench.Queue.Sent.DistinctBy(m => m.MessageId).Count());
        Assert.Single(_bench.Queue.Sent.Select(m => WebhookEnvelope.FromJson(m.Body).Id).Distinct());
    }

    [Fact]
    public async Task Replays_at_once_are_counted_apart()
    {
        var id = await ParkAsync(Webhook());

        var replays = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Failures.ReplayAsync(Application, id, Stop))));

        Assert.Equal([1, 2, 3, 4, 5], replays.Select(f => f.Webhook.Replay).Order());
    }

    [Fact]
    public async Task A_replay_that_the_queue_refused_can_be_repeated()
    {
        var id = await ParkAsync(Webhook());
        _bench.Queue.Down = true;
        await Assert.ThrowsAsync<IOException>(() => Failures.ReplayAsync(Application, id, Stop));
        _bench.Queue.Down = false;

        Assert.Equal(2, (await Failures.ReplayAsync(Application, id, Stop)).Webhook.Replay);
        Assert.Single(_bench.Queue.Sent);
    }

    [Fact]
    public async Task What_is_resolved_is_not_replayed()
    {
        var webhook = Webhook();
        var id = await ParkAsync(webhook);
        await Failures.ResolveAsync(webhook, Stop);
        await Failures.ResolveAsync(webhook, Stop);

        Assert.Equal(FailureState.Resolved, (await Failures.ReplayAsync(Application, id, Stop)).State);
        Assert.Empty(_bench.Queue.Sent);
    }

    [Fact]
    public async Task Resolving_what_never_failed_writes_nothing()
    {
        _bench.Probe.Reset();

        await Failures.ResolveAsync(Webhook(), Stop);

        Assert.Equal((1, 0), (_bench.Probe.Reads, _bench.Probe.Writes));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static DateTimeOffset At(int month) => new(2026, month, 1, 0, 0, 0, TimeSpan.Zero);

    private WebhookEnvelope Webhook() => new()
    {
        Id = $"{++_webhooks:x64}"[^20..] + new string('a', 44),
        ConnectionId = _bench.Connection.Id,
        ApplicationId = Application,
        Provider = FakeSource.Provider,
        ReceivedAt = _bench.Time.GetUtcNow(),
        RequestId = "req-1",
    };

    private async Task<string> ParkAsync(WebhookEnvelope webhook)
    {
        await Failures.ParkAsync(webhook, "SOURCE_ERROR", "It failed.", 10, Stop);
        return await IdOfAsync(webhook);
    }

    private async Task<string> IdOfAsync(WebhookEnvelope webhook) => (await _bench.ParkedAsync()).Single(f => f.Webhook.Id == webhook.Id).Id;

    private Task<List<string>> ListAsync(FailureQuery query) => Failures.ListAsync(query, Stop).Select(f => f.Id).ToListAsync(Stop).AsTask();
}
