using System.Diagnostics;
using System.Text;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookReceiverTests : IAsyncLifetime
{
    private static readonly SourceWebhook Order = new("PO-1") { Change = ChangeKind.Updated, Version = 7 };

    private WebhookBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await WebhookBench.ConnectAsync();

    [Fact]
    public async Task A_webhook_is_queued_with_what_it_says()
    {
        var message = await _bench.ReceiveAsync(Order, "msg_1");

        var webhook = WebhookEnvelope.FromJson(message.Body);
        Assert.Equal(_bench.Connection.Id, webhook.ConnectionId);
        Assert.Equal(_bench.Connection.ApplicationId, webhook.ApplicationId);
        Assert.Equal((FakeSource.Provider, FakeSource.Entity, "PO-1"), (webhook.Provider, webhook.Entity, webhook.Key));
        Assert.Equal((ChangeKind.Updated, 7), (webhook.Change, webhook.Version));
        Assert.Equal((_bench.Time.GetUtcNow(), "req-1"), (webhook.ReceivedAt, webhook.RequestId));
        Assert.Equal(Order.ToBody(), webhook.Body);
        Assert.Equal((0, 0, 0), (webhook.Attempt, webhook.Recheck, webhook.Replay));
        Assert.Equal($"{_bench.Connection.Id}/{FakeSource.Entity}/PO-1", message.SessionId);
        Assert.Null(message.ScheduledAt);
    }

    [Theory]
    [InlineData("unknown connection")]
    [InlineData("connector without webhooks")]
    [InlineData("no secret")]
    [InlineData("wrong secret")]
    [InlineData("no signature")]
    [InlineData("other body")]
    [InlineData("stale")]
    [InlineData("future")]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_only_the_vault_is_asked(string cause)
    {
        var (id, request) = await RefusedAsync(cause);
        _bench.Probe.Reset();

        var error = await Assert.ThrowsAsync<ApiException>(() => _bench.Receiver.ReceiveAsync(id, request, "req-1", Stop));

        Assert.Equal((ErrorCode.InvalidSignature, "The webhook was refused."), (error.Code, error.Message));
        Assert.Null(error.RetryAfter);
        Assert.Empty(error.Details);
        Assert.Equal((1, 0), (_bench.Probe.Reads, _bench.Probe.Writes));
        Assert.Equal($"webhook-{id}", _bench.Vault.Asked[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("0123456789abcdef0123456789abcde/")]
    [InlineData("../../../etc/passwd0000000000000")]
    [InlineData("０１２３４５６７８９abcdef0123456789abcdef")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task An_id_that_is_none_reads_nothing(string id)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => _bench.Receiver.ReceiveAsync(id, _bench.Signed(Order.ToBody()), "req-1", Stop));

        Assert.Equal((ErrorCode.InvalidSignature, "The webhook was refused."), (error.Code, error.Message));
        Assert.Equal((0, 0), (_bench.Probe.Reads, _bench.Probe.Writes));
    }

    [Fact]
    public async Task A_handshake_is_answered_and_kept_nowhere()
    {
        var request = _bench.Signed(Order.ToBody()) with { Uri = new Uri("https://hooks.example.com/w?handshake=token-1") };

        var answer = await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, request, "req-1", Stop);

        Assert.Equal("token-1", Encoding.UTF8.GetString(answer!.Value.Span));
        Assert.Equal(0, _bench.Probe.Writes);
    }

    [Theory]
    [InlineData("PO-1", false)]
    [InlineData("PO 1/2\\3", false)]
    [InlineData("Bestellung-ß", true)]
    [InlineData("注文🏭", true)]
    [InlineData("long", true)]
    public async Task The_session_is_the_record_in_at_most_128_characters(string key, bool hashed)
    {
        key = key == "long" ? new string('k', 200) : key;
        var message = await _bench.ReceiveAsync(Order with { Key = key });
        var same = await _bench.ReceiveAsync(Order with { Key = key, Version = 8 });
        var other = await _bench.ReceiveAsync(Order with { Key = key + "x" });

        Assert.InRange(message.SessionId!.Length, 1, QueueLimits.IdLength);
        Assert.True(message.SessionId.All(char.IsAscii));
        Assert.StartsWith(_bench.Connection.Id + "/", message.SessionId, StringComparison.Ordinal);
        Assert.Equal(hashed, !message.SessionId.EndsWith(key, StringComparison.Ordinal));
        Assert.Equal(message.SessionId, same.SessionId);
        Assert.NotEqual(message.SessionId, other.SessionId);
    }

    [Fact]
    public async Task A_session_id_may_be_exactly_as_long_as_the_queue_takes()
    {
        var room = QueueLimits.IdLength - $"{_bench.Connection.Id}/{FakeSource.Entity}/".Length;

        Assert.EndsWith(new string('k', room), (await _bench.ReceiveAsync(Order with { Key = new string('k', room) })).SessionId, StringComparison.Ordinal);
        Assert.DoesNotContain("kk", (await _bench.ReceiveAsync(Order with { Key = new string('k', room + 1) })).SessionId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_id_is_the_same_for_the_same_webhook_only()
    {
        var one = await _bench.ReceiveAsync(Order, "msg_1");
        var again = await _bench.ReceiveAsync(Order with { Version = 8 }, "msg_1");
        var other = await _bench.ReceiveAsync(Order, "msg_2");

        Assert.Equal(one.MessageId, again.MessageId);
        Assert.NotEqual(one.MessageId, other.MessageId);
        Assert.StartsWith(_bench.Connection.Id + ".", one.MessageId, StringComparison.Ordinal);
        Assert.InRange(one.MessageId.Length, 1, QueueLimits.IdLength);
    }

    [Fact]
    public async Task The_same_id_of_another_connection_is_another_webhook()
    {
        await using var other = await WebhookBench.ConnectAsync();

        Assert.NotEqual(IdOf(await _bench.ReceiveAsync(Order, "msg_1")), IdOf(await other.ReceiveAsync(Order, "msg_1")));
    }

    [Fact]
    public async Task A_numbered_change_without_an_id_is_told_apart_by_its_body()
    {
        var one = await _bench.ReceiveAsync(Order, "none 1");
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await _bench.ReceiveAsync(Order, "none 2");
        var other = await _bench.ReceiveAsync(Order with { Version = 8 }, "none 3");

        Assert.Equal(one.MessageId, again.MessageId);
        Assert.NotEqual(one.MessageId, other.MessageId);
    }

    [Fact]
    public async Task Two_changes_that_a_sender_without_ids_tells_in_the_same_words_are_two()
    {
        var notice = new SourceWebhook("PO-1");
        _bench.Source.Change("PO-1");
        await _bench.ReceiveAsync(notice, "none 1");
        await _bench.DrainAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(20));
        _bench.Source.Change("PO-1");
        await _bench.ReceiveAsync(notice, "none 2");
        await _bench.DrainAsync();

        Assert.Equal(_bench.Source.Json("PO-1"), (await _bench.EventsAsync())[^1].Data);
    }

    [Fact]
    public async Task What_cannot_be_read_is_queued_all_the_same_and_parked_in_its_turn()
    {
        var body = "<no json>"u8.ToArray();
        var message = await _bench.ReceiveAsync(body, "none 1");
        var again = await _bench.ReceiveAsync(body, "none 2");
        Assert.Equal(message.MessageId, again.MessageId);
        Assert.Equal($"{_bench.Connection.Id}/{IdOf(message)}", message.SessionId);

        await _bench.DrainAsync();

        var failure = Assert.Single(await _bench.ParkedAsync());
        Assert.Equal((WebhookFailures.Unreadable, "It is not JSON."), (failure.Code, failure.Message));
        Assert.Equal(body, failure.Webhook.Body);
        Assert.Equal("Parked", await _bench.OutcomeOfAsync(message));
    }

    [Theory]
    [InlineData((45 * 1024) - 1, false)]
    [InlineData(45 * 1024, false)]
    [InlineData((45 * 1024) + 1, true)]
    [InlineData((256 * 1024) - 1, true)]
    [InlineData(256 * 1024, true)]
    public async Task A_body_travels_in_the_message_or_in_a_blob(int size, bool inBlob)
    {
        var record = _bench.Source.Change("PO-1").ToJson(timed: false);
        var body = Order.Bringing(record).ToBody(size);
        Assert.Equal(size, body.Length);

        var message = await _bench.ReceiveAsync(body);

        var webhook = WebhookEnvelope.FromJson(message.Body);
        Assert.Equal(inBlob, webhook.BodyBlob is not null);
        Assert.Equal(inBlob, webhook.Body is null);
        Assert.Equal(body, (await webhook.BodyAsync(_bench.Blobs, Stop)).ToArray());
        Assert.InRange(Encoding.UTF8.GetByteCount(message.Body), 1, WebhookEnvelope.Limit);
        await _bench.DrainAsync();
        Assert.Equal(record, Assert.Single(await _bench.EventsAsync()).Data);
        Assert.Empty(_bench.Blobs.Names);
    }

    [Theory]
    [InlineData(100, 'k')]
    [InlineData(1_000, 'k')]
    [InlineData(1_000, 'ß')]
    [InlineData(1_000, '"')]
    [InlineData(20_000, 'k')]
    [InlineData(20_000, '注')]
    [InlineData(200_000, 'k')]
    public async Task However_long_a_key_is_the_envelope_stays_within_its_limit(int length, char character)
    {
        foreach (var size in (int[])[45 * 1024, 256 * 1024])
        {
            var webhook = Order with { Key = new string(character, length) };
            var bare = webhook.ToBody();
            var message = await _bench.ReceiveAsync(bare.Length + 20 < size ? webhook.ToBody(size) : bare);

            Assert.InRange(Encoding.UTF8.GetByteCount(message.Body), 1, WebhookEnvelope.Limit);
        }

        // Nothing of it is lost.
        await _bench.DrainAsync();
        Assert.All(_bench.Queue.Sent, m => Assert.NotNull(m));
        foreach (var message in _bench.Queue.Sent)
        {
            Assert.NotNull(await _bench.OutcomeOfAsync(message));
        }
    }

    [Fact]
    public async Task Any_bytes_fit_the_envelope()
    {
        foreach (var value in (byte[])[0, 0x3e, 0xfb, 0xff])
        {
            var body = new byte[45 * 1024];
            Array.Fill(body, value);

            var message = await _bench.ReceiveAsync(body);

            Assert.InRange(Encoding.UTF8.GetByteCount(message.Body), 1, WebhookEnvelope.Limit);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task What_the_queue_refuses_waits_in_the_fallback_table_and_goes_on_once(int size)
    {
        var record = _bench.Source.Change("PO-1").ToJson(timed: false);
        var body = Order.Bringing(record).ToBody(size + 200);
        _bench.Queue.Down = true;
        Assert.Null(await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed(body, "msg_1"), "req-1", Stop));
        Assert.Null(await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed(body, "msg_1"), "req-2", Stop));
        await Assert.ThrowsAsync<IOException>(() => _bench.Fallback.SweepAsync(Stop));

        _bench.Queue.Down = false;

        Assert.Equal(1, await _bench.Fallback.SweepAsync(Stop));
        Assert.Equal(0, await _bench.Fallback.SweepAsync(Stop));
        Assert.Single(_bench.Queue.Sent);
        await _bench.DrainAsync();
        Assert.Equal(record, Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Fact]
    public async Task A_sweep_that_ends_half_way_loses_nothing_and_doubles_nothing()
    {
        _bench.Source.Change("PO-1");
        _bench.Queue.Down = true;
        foreach (var i in Enumerable.Range(1, 3))
        {
            await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed((Order with { Version = i }).ToBody(), $"msg_{i}"), "req-1", Stop);
        }

        _bench.Queue.Down = false;
        _bench.Probe.CrashAt(3, after: true);
        await Assert.ThrowsAsync<CrashException>(() => _bench.Fallback.SweepAsync(Stop));
        _bench.Probe.Reset();

        Assert.Equal(2, await _bench.Fallback.SweepAsync(Stop));
        Assert.Equal(3, _bench.Queue.Sent.DistinctBy(m => m.MessageId).Count());
        Assert.Equal(4, _bench.Queue.Sent.Count);
    }

    [Fact]
    public async Task When_neither_the_queue_nor_the_fallback_table_takes_it_the_sender_is_not_told_that_it_was()
    {
        _bench.Queue.Down = true;
        _bench.Probe.CrashAt(2, after: false);

        await Assert.ThrowsAsync<CrashException>(() => _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed(Order.ToBody()), "req-1", Stop));

        _bench.Probe.Reset();
        _bench.Queue.Down = false;
        Assert.Equal(0, await _bench.Fallback.SweepAsync(Stop));
        Assert.Empty(_bench.Queue.Sent);
    }

    [Fact]
    public async Task A_system_that_sends_before_it_commits_is_given_its_time()
    {
        _bench.Source.SettleDelay = TimeSpan.FromSeconds(3);

        Assert.Equal(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(3), (await _bench.ReceiveAsync(Order)).ScheduledAt);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_stop_what_began()
    {
        using var gone = new CancellationTokenSource();
        _bench.Probe.BeforeWrite = _ => gone.CancelAsync();

        await _bench.Receiver.ReceiveAsync(_bench.Connection.Id, _bench.Signed(Order.ToBody()), "req-1", gone.Token);

        Assert.Single(_bench.Queue.Sent);
    }

    [Fact]
    public async Task The_trace_of_the_call_goes_along()
    {
        using var call = new Activity("POST").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(call.Id, WebhookEnvelope.FromJson((await _bench.ReceiveAsync(Order)).Body).TraceParent);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static string IdOf(QueueMessage message) => WebhookEnvelope.FromJson(message.Body).Id;

    private async Task<(string Id, WebhookRequest Request)> RefusedAsync(string cause)
    {
        var (id, body) = (_bench.Connection.Id, Order.ToBody());
        var request = _bench.Signed(body);
        switch (cause)
        {
            case "unknown connection":
                return (new string('a', 32), request);
            case "connector without webhooks":
                _bench.Source.SendsWebhooks = false;
                return (id, request);
            case "no secret":
                var subscription = await _bench.Subscriptions.FindAsync(id, Stop);
                await _bench.Subscriptions.RemoveAsync(_bench.Connection, subscription!.Secrets[0].Key, Stop);
                return (id, request);
            case "wrong secret":
                await using (var other = await WebhookBench.ConnectAsync())
                {
                    return (id, other.Signed(body));
                }

            case "no signature":
                return (id, request.With(StandardWebhooks.SignatureHeader));
            case "other body":
                return (id, request with { Body = (Order with { Version = 8 }).ToBody() });
            case "stale":
                _bench.Time.Advance(TimeSpan.FromMinutes(6));
                return (id, request);
            default:
                _bench.Time.Advance(TimeSpan.FromMinutes(6));
                request = _bench.Signed(body);
                _bench.Time.AdjustTime(_bench.Time.GetUtcNow() - TimeSpan.FromMinutes(6));
                return (id, request);
        }
    }
}
