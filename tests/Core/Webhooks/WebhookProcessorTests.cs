using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookProcessorTests : IAsyncLifetime
{
    private static readonly SourceWebhook Notice = new("PO-1");

    private WebhookBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await WebhookBench.ConnectAsync();
        _bench.Source.Change("PO-1");
    }

    [Fact]
    public async Task A_webhook_whose_system_was_disconnected_meanwhile_is_dropped()
    {
        var message = await _bench.ReceiveAsync(Notice);
        await _bench.Subscriptions.DeleteAsync(_bench.Connection.Id, TestContext.Current.CancellationToken);

        await _bench.DrainAsync();

        Assert.Equal("Disconnected", await _bench.OutcomeOfAsync(message));
        Assert.Empty(await _bench.ParkedAsync());
    }

    [Fact]
    public async Task A_webhook_without_the_record_has_it_read()
    {
        await ProcessAsync(Notice);

        var e = Assert.Single(await _bench.EventsAsync());
        Assert.Equal((_bench.Source.Json("PO-1"), 1), (e.Data, _bench.Source.Reads));
    }

    [Fact]
    public async Task A_webhook_with_the_record_has_nothing_read()
    {
        await ProcessAsync(Notice.Bringing("""{"key":"PO-1","title":"brought"}"""));

        Assert.Equal("""{"key":"PO-1","title":"brought"}""", Assert.Single(await _bench.EventsAsync()).Data);
        Assert.Equal(0, _bench.Source.Reads);
    }

    [Fact]
    public async Task The_same_webhook_received_twice_is_processed_once()
    {
        using var metrics = new Metrics();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await _bench.ProcessAsync(await _bench.ReceiveAsync(Notice, "msg_1"));
        }

        Assert.Equal(["applied", "duplicate", "duplicate"], metrics.Of("processed").Select(m => m.Tag));
        Assert.Equal(1, _bench.Source.Reads);
        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task A_webhook_of_a_month_ago_is_known_still()
    {
        var message = await _bench.ReceiveAsync(Notice, "msg_1");
        await _bench.ProcessAsync(message);
        _bench.Time.Advance(TimeSpan.FromDays(30));
        using var metrics = new Metrics();

        await _bench.ProcessAsync(await _bench.ReceiveAsync(Notice, "msg_1"));

        Assert.Equal("duplicate", Assert.Single(metrics.Of("processed")).Tag);
    }

    [Fact]
    public async Task Each_outcome_is_counted_and_marked()
    {
        using var metrics = new Metrics();
        var covered = await _bench.ReceiveAsync(Notice);
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        var applied = await ProcessAsync(Notice);
        var unchanged = await ProcessAsync(Notice);
        await _bench.ProcessAsync(covered);
        var parked = await _bench.ReceiveAsync("{}"u8.ToArray());
        await _bench.ProcessAsync(parked);

        Assert.Equal(["applied", "unchanged", "stale", "parked"], metrics.Of("processed").Select(m => m.Tag));
        Assert.Equal([0, 0, 2, 0], metrics.Of("time_to_apply").Select(m => Math.Round(m.Value)));
        Assert.Equal([0, 0, 2, 0], metrics.Of("queue_age").Select(m => Math.Round(m.Value)));
        Assert.Equal(4, metrics.Of("received").Count);
        Assert.All(metrics.Of("received"), m => Assert.Equal(FakeSource.Provider, m.Tag));
        Assert.Equal(
            ["Applied", "Unchanged", "Stale", "Parked"],
            new[] { applied, unchanged, covered, parked }.Select(m => _bench.OutcomeOfAsync(m).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Refusals_and_the_fallback_are_counted()
    {
        using var metrics = new Metrics();
        await Assert.ThrowsAsync<ApiException>(() => _bench.Receiver.ReceiveAsync("none", _bench.Signed([]), "req-1", Stop));
        await Assert.ThrowsAsync<ApiException>(() => _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed([1]) with { Body = new byte[] { 2 } }, "req-1", Stop));
        _bench.Queue.Down = true;
        await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed(Notice.ToBody()), "req-1", Stop);

        Assert.Equal(["unknown", "wrong"], metrics.Of("rejected").Select(m => m.Tag));
        Assert.Single(metrics.Of("fallback"));
        Assert.Single(metrics.Of("received"));
    }

    [Fact]
    public async Task One_read_covers_the_webhooks_that_came_before_it()
    {
        var messages = new List<QueueMessage>();
        for (var i = 0; i < 10; i++)
        {
            _bench.Source.Change("PO-1");
            messages.Add(await _bench.ReceiveAsync(Notice));
            _bench.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        messages.Reverse();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var message in messages)
        {
            await _bench.ProcessAsync(message);
        }

        Assert.Equal(1, _bench.Source.Reads);
        Assert.Equal(_bench.Source.Json("PO-1"), Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Fact]
    public async Task Webhooks_with_the_record_are_put_in_order_by_version()
    {
        var (one, two) = (Notice.Bringing("""{"n":1}""") with { Version = 1 }, Notice.Bringing("""{"n":2}""") with { Version = 2 });
        var first = await _bench.ReceiveAsync(one);
        await ProcessAsync(two);
        await _bench.ProcessAsync(first);

        Assert.Equal("Stale", await _bench.OutcomeOfAsync(first));
        Assert.Equal("""{"n":2}""", Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Fact]
    public async Task A_record_that_a_webhook_brings_while_it_is_read_has_it_read_again()
    {
        await ProcessAsync(Notice);
        _bench.Source.Change("PO-1");
        var message = await _bench.ReceiveAsync(Notice);
        var during = _bench.Source.Change("PO-1", "during the read");
        _bench.Source.WhileReading = async () =>
        {
            _bench.Source.WhileReading = () => Task.CompletedTask;
            _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
            await ProcessAsync(Notice.Bringing(during.ToJson(timed: false)));
            _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        };

        await _bench.ProcessAsync(message);

        Assert.Equal(3, _bench.Source.Reads);
        Assert.Equal(during.ToJson(timed: false), (await _bench.EventsAsync())[^1].Data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_is_believed_where_changes_are_numbered_and_looked_at_otherwise(bool versioned)
    {
        await ProcessAsync((Notice with { Version = versioned ? 1 : null }).Bringing(_bench.Source.Json(Notice.Key)!));

        await ProcessAsync(Notice with { Change = ChangeKind.Deleted, Version = versioned ? 2 : null });

        Assert.Equal(versioned ? 0 : 1, _bench.Source.Reads);
        Assert.Equal(versioned ? 2 : 1, (await _bench.EventsAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_that_brings_the_record_as_it_was_is_a_deletion(bool versioned)
    {
        var record = _bench.Source.Json("PO-1")!;
        await ProcessAsync(Notice.Bringing(record) with { Version = versioned ? 1 : null });
        _bench.Source.Delete("PO-1");

        await ProcessAsync(Notice.Bringing(record) with { Change = ChangeKind.Deleted, Version = versioned ? 2 : null });

        Assert.Equal("purchase-orders.deleted", (await _bench.EventsAsync())[^1].Type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task News_of_a_record_that_is_gone_are_looked_at_where_nothing_tells_how_old_they_are(bool cameBack)
    {
        var record = _bench.Source.Json("PO-1")!;
        await ProcessAsync(Notice.Bringing(record));
        _bench.Source.Delete("PO-1");
        await ProcessAsync(Notice with { Change = ChangeKind.Deleted });
        if (cameBack)
        {
            _bench.Source.Change("PO-1");
        }

        await ProcessAsync(Notice.Bringing(record));

        var events = await _bench.EventsAsync();
        Assert.Equal(cameBack ? ["updated", "deleted", "created"] : ["updated", "deleted"], events.Select(e => e.Type.Split('.')[1]));
        Assert.Equal(_bench.Source.Json("PO-1"), events[^1].Data);
    }

    [Fact]
    public async Task A_record_that_is_gone_is_a_deletion_whatever_the_webhook_says()
    {
        await ProcessAsync(Notice);
        _bench.Source.Delete("PO-1");

        await ProcessAsync(Notice with { Change = ChangeKind.Updated });

        Assert.Equal("purchase-orders.deleted", (await _bench.EventsAsync())[^1].Type);
    }

    [Fact]
    public async Task A_system_that_fails_is_asked_again_until_the_webhook_is_parked_and_a_replay_finds_it_well()
    {
        using var metrics = new Metrics();
        _bench.Source.Failure = () => new ApiException(ErrorCode.SourceError, "The system answered 500.");
        var message = await _bench.ReceiveAsync(Notice);
        var start = _bench.Time.GetUtcNow();

        await _bench.DrainAsync();

        Assert.Equal([0, 2, 6, 14, 30, 62, 126, 254, 510, 1022, 1922, 2822, 3722, 4622], _bench.Queue.Sent.Select(m => ((m.ScheduledAt ?? start) - start).TotalSeconds));
        Assert.Equal(WebhookOptions.DefaultMaxAttempts, metrics.Of("failed").Count);
        var failure = Assert.Single(await _bench.ParkedAsync());
        Assert.Equal(("SOURCE_ERROR", "The system answered 500.", 14, FailureState.Parked), (failure.Code, failure.Message, failure.Attempts, failure.State));
        Assert.Equal("Parked", await _bench.OutcomeOfAsync(message));

        _bench.Source.Failure = () => null;
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, failure.Id, Stop);
        await _bench.DrainAsync();

        Assert.Equal(FailureState.Resolved, Assert.Single(await _bench.ParkedAsync()).State);
        Assert.Equal("Applied", await _bench.OutcomeOfAsync(message));
        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task A_webhook_waits_for_credentials_that_have_to_be_given_anew()
    {
        var failures = 3;
        _bench.Source.Failure = () => failures-- > 0 ? new ApiException(ErrorCode.ReauthorizationRequired, "It was not called.") : null;
        var message = await _bench.ReceiveAsync(Notice);

        await _bench.DrainAsync();

        Assert.Equal("Applied", await _bench.OutcomeOfAsync(message));
        Assert.Empty(await _bench.ParkedAsync());
    }

    [Fact]
    public async Task A_replay_that_fails_again_is_parked_again_and_can_be_replayed_again()
    {
        _bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
        await ProcessAsync(Notice);
        var id = Assert.Single(await _bench.ParkedAsync()).Id;
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, id, Stop);
        await _bench.DrainAsync();
        Assert.Equal(FailureState.Parked, Assert.Single(await _bench.ParkedAsync()).State);

        _bench.Source.Failure = () => null;
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, id, Stop);
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, id, Stop);
        await _bench.DrainAsync();

        Assert.Equal(FailureState.Resolved, Assert.Single(await _bench.ParkedAsync()).State);
        Assert.Single(await _bench.EventsAsync());
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(1, 2)]
    [InlineData(7_200, 900)]
    public async Task A_system_that_says_when_to_come_again_is_obeyed(int retryAfter, int pause)
    {
        _bench.Source.Failure = () => new ApiException(ErrorCode.RateLimitExceeded, "Slow down.") { RetryAfter = TimeSpan.FromSeconds(retryAfter) };

        await ProcessAsync(Notice);

        Assert.Equal(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(pause), _bench.Queue.Sent[^1].ScheduledAt);
    }

    [Fact]
    public async Task Credentials_that_are_refused_may_be_mended_meanwhile()
    {
        _bench.Source.Failure = () => new ApiException(ErrorCode.AuthenticationFailed, "The password is wrong.");
        await ProcessAsync(Notice);
        Assert.Empty(await _bench.ParkedAsync());
        _bench.Source.Failure = () => null;

        await _bench.DrainAsync();

        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task Credentials_that_are_gone_are_waited_for_and_then_parked()
    {
        await _bench.Vault.DeleteAsync(ConnectedSystems.SecretName(_bench.Connection.Id), Stop);
        await ProcessAsync(Notice);

        await _bench.DrainAsync();

        var failure = Assert.Single(await _bench.ParkedAsync());
        Assert.Equal((ErrorCode.AuthenticationFailed.Name, WebhookOptions.DefaultMaxAttempts), (failure.Code, failure.Attempts));
    }

    [Theory]
    [InlineData("rejected", "SOURCE_REJECTED")]
    [InlineData("ours", "INTERNAL_ERROR")]
    [InlineData("no get", WebhookFailures.Unreadable)]
    [InlineData("no webhooks", WebhookFailures.Unreadable)]
    [InlineData("body gone", WebhookFailures.Unreadable)]
    public async Task What_no_other_try_would_help_is_parked_at_once(string cause, string code)
    {
        var message = await _bench.ReceiveAsync(cause == "body gone" ? Notice.ToBody(60_000) : Notice.ToBody());
        switch (cause)
        {
            case "rejected":
                _bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
                break;
            case "ours":
                _bench.Source.Failure = () => new ApiException(ErrorCode.InternalError, "Our fault.");
                break;
            case "no get":
                _bench.Source.Readable = false;
                break;
            case "no webhooks":
                _bench.Source.SendsWebhooks = false;
                break;
            default:
                await _bench.Blobs.DeleteAsync(_bench.Blobs.Names.Single(), Stop);
                break;
        }

        await _bench.ProcessAsync(message);

        var failure = Assert.Single(await _bench.ParkedAsync());
        Assert.Equal((code, 1), (failure.Code, failure.Attempts));
        Assert.DoesNotContain(_bench.Queue.Sent, m => m.ScheduledAt is not null);
    }

    [Fact]
    public async Task A_parked_body_stays_until_its_replay_is_done_whatever_duplicates_come()
    {
        _bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
        var body = Notice.ToBody(60_000);
        await _bench.ProcessAsync(await _bench.ReceiveAsync(body, "msg_1"));
        await _bench.ProcessAsync(await _bench.ReceiveAsync(body, "msg_1"));
        Assert.Single(_bench.Blobs.Names);
        _bench.Source.Failure = () => null;

        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, Assert.Single(await _bench.ParkedAsync()).Id, Stop);
        await _bench.DrainAsync();

        Assert.Empty(_bench.Blobs.Names);
        Assert.Single(await _bench.EventsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_duplicate_leaves_no_body_behind(bool queueDropsDuplicates)
    {
        _bench.Queue.DropsDuplicates = queueDropsDuplicates;
        await _bench.ReceiveAsync(Notice.ToBody(60_000), "msg_1");
        await _bench.DrainAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        await _bench.ReceiveAsync(Notice.ToBody(60_000), "msg_1");

        await _bench.DrainAsync();

        Assert.Empty(_bench.Blobs.Names);
    }

    [Fact]
    public async Task While_another_message_of_it_is_at_work_a_replay_waits()
    {
        _bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
        await ProcessAsync(Notice);
        var id = Assert.Single(await _bench.ParkedAsync()).Id;
        _bench.Source.Failure = () => null;
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, id, Stop);
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, id, Stop);
        await _bench.CrashAsync(_bench.Queue.Waiting[0], write: 3, after: false);
        var now = _bench.Time.GetUtcNow();

        await _bench.ProcessAsync(_bench.Queue.Waiting.Single());

        Assert.Equal(now + ProcessedWebhooks.Lease, _bench.Queue.Sent[^1].ScheduledAt);
        await _bench.DrainAsync();
        Assert.Equal(FailureState.Resolved, Assert.Single(await _bench.ParkedAsync()).State);
        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task What_the_queue_gave_up_on_is_parked_with_its_reason()
    {
        var message = await _bench.ReceiveAsync(Notice);
        await _bench.CrashAsync(message, write: 2, after: false);

        await _bench.Processor.ParkDeadAsync(message.Body, "MaxDeliveryCountExceeded", Stop);
        await _bench.Processor.ParkDeadAsync(message.Body, "MaxDeliveryCountExceeded", Stop);

        Assert.Equal("MaxDeliveryCountExceeded", Assert.Single(await _bench.ParkedAsync()).Code);
        await _bench.Failures.ReplayAsync(_bench.Connection.ApplicationId, (await _bench.ParkedAsync())[0].Id, Stop);
        await _bench.DrainAsync();
        Assert.Equal(FailureState.Resolved, Assert.Single(await _bench.ParkedAsync()).State);
        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task A_dead_letter_of_what_is_done_or_at_work_parks_nothing()
    {
        var message = await _bench.ReceiveAsync(Notice);
        await _bench.CrashAsync(message, write: 2, after: false);
        var other = (WebhookEnvelope.FromJson(message.Body) with { Attempt = 1 }).ToJson();
        await _bench.Processor.ParkDeadAsync(other, "reason", Stop);

        // Back in the queue, for when whoever may be at it has ended.
        Assert.Equal(_bench.Time.GetUtcNow() + ProcessedWebhooks.Lease, _bench.Queue.Sent[^1].ScheduledAt);
        await _bench.ProcessAsync(message);

        await _bench.Processor.ParkDeadAsync(other, "reason", Stop);

        Assert.Empty(await _bench.ParkedAsync());
    }

    [Fact]
    public async Task A_dead_letter_that_is_no_webhook_is_dropped()
    {
        await _bench.Processor.ParkDeadAsync("nonsense", "MaxDeliveryCountExceeded", Stop);

        Assert.Empty(await _bench.ParkedAsync());
    }

    [Fact]
    public async Task A_host_that_stops_leaves_the_webhook_to_its_redelivery()
    {
        var message = await _bench.ReceiveAsync(Notice);
        _bench.Source.Failure = () => new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => _bench.ProcessAsync(message));
        _bench.Source.Failure = () => null;

        await _bench.ProcessAsync(message);

        Assert.Equal("Applied", await _bench.OutcomeOfAsync(message));
    }

    [Fact]
    public async Task An_exception_of_ours_is_not_taken_for_an_answer()
    {
        var message = await _bench.ReceiveAsync(Notice);
        _bench.Source.Failure = () => new InvalidOperationException("A bug of ours.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.ProcessAsync(message));

        Assert.Null(await _bench.OutcomeOfAsync(message));
        Assert.Empty(await _bench.ParkedAsync());
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task<QueueMessage> ProcessAsync(SourceWebhook webhook)
    {
        var message = await _bench.ReceiveAsync(webhook);
        _bench.Time.Advance(TimeSpan.FromTicks(1));
        await _bench.ProcessAsync(message);
        return message;
    }
}
