using System.Net;
using System.Text;
using System.Text.Json;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Events;

/// <summary>The tries: what is sent, what an answer leads to, and what a crash between any two steps does.</summary>
public sealed class DeliveryWorkerTests : IAsyncDisposable
{
    private readonly DeliveryDomain _domain = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_posted_as_it_is_with_both_signatures()
    {
        var (_, secret) = await _domain.MakeEndpointAsync();
        var happened = await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        var received = Assert.Single(_domain.Receiver.Received);
        Assert.Equal(DeliveryDomain.Url, received.Url.ToString());
        Assert.Equal(happened.Json.ToArray(), received.Body);
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal("event-1", received.Headers["webhook-id"]);
        Assert.Equal($"{_domain.Time.GetUtcNow().ToUnixTimeSeconds()}", received.Headers["webhook-timestamp"]);
        Assert.True(received.IsSignedWith(secret));
        Assert.Equal(EventSignature.Makini(received.Body, secret), received.Headers["X-Makini-Signature"]);
        Assert.StartsWith("Millwright/", received.Headers["User-Agent"], StringComparison.Ordinal);
        await _domain.NothingDueAsync();
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered)]
    [InlineData(204, DeliveryState.Delivered)]
    [InlineData(299, DeliveryState.Delivered)]
    [InlineData(301, DeliveryState.Pending)]
    [InlineData(304, DeliveryState.Pending)]
    [InlineData(400, DeliveryState.Pending)]
    [InlineData(404, DeliveryState.Pending)]
    [InlineData(410, DeliveryState.Failed)]
    [InlineData(429, DeliveryState.Pending)]
    [InlineData(500, DeliveryState.Pending)]
    public async Task The_status_decides(int status, DeliveryState state)
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(status);
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        var delivery = Assert.Single(await _domain.ListAsync(endpoint));
        Assert.Equal(state, delivery.State);
        Assert.Equal(status, Assert.Single(delivery.Attempts).Status);
        Assert.Equal(state == DeliveryState.Pending, delivery.NextTryAt is not null);
    }

    [Fact]
    public async Task What_fails_is_tried_again_when_it_is_due_until_it_is_taken()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(503);
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();

        _domain.Time.Advance(TimeSpan.FromSeconds(29));
        await _domain.NothingDueAsync();
        _domain.Time.Advance(TimeSpan.FromSeconds(1));
        await _domain.HandleNextAsync();
        _domain.Receiver.AnswerWith(200);
        _domain.Time.Advance(TimeSpan.FromSeconds(60));
        await _domain.HandleNextAsync();
        _domain.Time.Advance(TimeSpan.FromDays(1));
        await _domain.NothingDueAsync();

        var delivery = Assert.Single(await _domain.ListAsync(endpoint));
        Assert.Equal(DeliveryState.Delivered, delivery.State);
        Assert.Equal([503, 503, 200], delivery.Attempts.Select(a => a.Status!.Value));
        Assert.Single(_domain.Receiver.Received.Select(r => r.Headers["webhook-id"]).Distinct());
        Assert.Equal(3, _domain.Receiver.Received.Select(r => r.Headers["webhook-timestamp"]).Distinct().Count());
    }

    [Fact]
    public async Task After_24_hours_it_is_given_up()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500);
        var began = _domain.Time.GetUtcNow();
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        while (Assert.Single(await _domain.ListAsync(endpoint)).NextTryAt is { } next)
        {
            _domain.Time.SetUtcNow(next);
            await _domain.HandleNextAsync();
        }

        var delivery = Assert.Single(await _domain.ListAsync(endpoint));
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Equal(began + TimeSpan.FromHours(24), delivery.Attempts[^1].At);
        Assert.Equal(13, _domain.Receiver.Received.Count);
        await _domain.NothingDueAsync();
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("5", 30)]
    [InlineData("864000", 21_600)]
    [InlineData("Tue, 24 Nov 2026 12:10:00 GMT", 600)]
    [InlineData("Tue, 24 Nov 2020 12:10:00 GMT", 30)]
    [InlineData("-1", 30)]
    [InlineData("soon", 30)]
    public async Task A_Retry_After_is_honoured_within_bounds(string retryAfter, int seconds)
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(429, retryAfter: retryAfter);
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        Assert.Equal(_domain.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds), Assert.Single(await _domain.ListAsync(endpoint)).NextTryAt);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_given_10_seconds()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        var called = new TaskCompletionSource();
        _domain.Receiver.Answer = async cancelled =>
        {
            var over = Task.Delay(Timeout.Infinite, cancelled);
            called.SetResult();
            await over;
            throw new InvalidOperationException("It is never over.");
        };
        await _domain.HappenAsync();
        var message = await _domain.ReceiveAsync();

        var handling = _domain.Worker.HandleAsync(message.Message.Body, Cancel);
        await called.Task;
        _domain.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(handling.IsCompleted);
        _domain.Time.Advance(TimeSpan.FromSeconds(0.1));
        await handling;

        var delivery = Assert.Single(await _domain.ListAsync(endpoint));
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Equal((null, "No answer within 10 seconds."), (delivery.Attempts[0].Status, delivery.Attempts[0].Error));
    }

    [Fact]
    public async Task A_host_that_stops_leaves_the_try_to_the_next_one()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        _domain.Receiver.Answer = async cancelled =>
        {
            await stop.CancelAsync();
            cancelled.ThrowIfCancellationRequested();
            throw new InvalidOperationException("It was not cancelled.");
        };
        await _domain.HappenAsync();
        var message = await _domain.ReceiveAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _domain.Worker.HandleAsync(message.Message.Body, stop.Token));

        Assert.Empty(Assert.Single(await _domain.ListAsync(endpoint)).Attempts);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "The host's name could not be resolved.")]
    [InlineData(HttpRequestError.ConnectionError, "No connection could be made.")]
    [InlineData(HttpRequestError.SecureConnectionError, "The TLS connection failed; the certificate may be invalid.")]
    [InlineData(HttpRequestError.ResponseEnded, "The connection ended without an answer.")]
    public async Task A_lost_connection_is_told_without_the_exceptions_words(HttpRequestError error, string told)
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.Answer = _ => throw new HttpRequestException(error, "10.1.2.3 says no");
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        Assert.Equal(told, Assert.Single(await _domain.ListAsync(endpoint)).Attempts[0].Error);
    }

    [Fact]
    public async Task The_first_kilobyte_of_the_answer_is_kept_without_secrets()
    {
        var (endpoint, secret) = await _domain.MakeEndpointAsync();
        _domain.Receiver.Answer = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent(
                $"{secret} {secret["whsec_".Length..]} {_domain.Receiver.Received[0].Headers["webhook-signature"]} {_domain.Receiver.Received[0].Headers["X-Makini-Signature"]}"
                + "\u001b[2J" + new string('é', 440) + secret + new string('x', 100_000)),
        });
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        var response = Assert.Single(await _domain.ListAsync(endpoint)).Attempts[0].Response!;
        Assert.StartsWith("*** *** *** *** [2Jé", response, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(response), 900, 1024);
        Assert.DoesNotContain(secret[6..20], response, StringComparison.Ordinal);
        Assert.DoesNotContain(response, char.IsControl);
    }

    [Fact]
    public async Task Every_try_with_its_excerpt_fits_the_log()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500, string.Concat(Enumerable.Repeat("😀", 1000)));
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        for (var n = 0; n < 20; n++)
        {
            await _domain.Deliveries.RedeliverAsync(endpoint, (await _domain.ListAsync(endpoint))[0].Id, Cancel);
            await _domain.HandleNextAsync();
        }

        Assert.Equal(16, Assert.Single(await _domain.ListAsync(endpoint)).Attempts.Count);
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_24_hours()
    {
        var (endpoint, first) = await _domain.MakeEndpointAsync();
        var (_, second) = await _domain.Service.RotateSecretAsync(DeliveryDomain.Application, endpoint.Id, Cancel);

        await _domain.HappenAsync("event-1");
        await _domain.HandleNextAsync();
        _domain.Time.Advance(TimeSpan.FromHours(24));
        await _domain.HappenAsync("event-2");
        await _domain.HandleNextAsync();

        Assert.NotEqual(first, second);
        Assert.True(_domain.Receiver.Received[0].IsSignedWith(second, first));
        Assert.Equal(EventSignature.Makini(_domain.Receiver.Received[0].Body, second), _domain.Receiver.Received[0].Headers["X-Makini-Signature"]);
        Assert.True(_domain.Receiver.Received[1].IsSignedWith(second));
    }

    [Fact]
    public async Task A_410_disables_the_endpoint_at_once_and_says_so()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(410);
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        var disabled = await _domain.ReadAsync(endpoint);
        Assert.False(disabled.Settings.Enabled);
        Assert.Equal("It answered 410 Gone.", disabled.DisabledBecause);
        var told = Assert.Single(_domain.Events.Appended);
        Assert.Equal((EventType.EndpointDisabled, DeliveryDomain.Application), (told.Type, told.ApplicationId));
        using var json = JsonDocument.Parse(told.Json);
        Assert.Equal(endpoint.Id, json.RootElement.GetProperty("data").GetProperty("endpointId").GetString());
    }

    [Fact]
    public async Task An_endpoint_that_only_failed_for_5_days_is_disabled_and_told_once()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500);
        for (var hours = 0; hours <= 120; hours += 24)
        {
            Assert.True((await _domain.ReadAsync(endpoint)).Settings.Enabled);
            await FailAsync($"event-{hours}");
        }

        await FailAsync("event-late");

        var disabled = await _domain.ReadAsync(endpoint);
        Assert.False(disabled.Settings.Enabled);
        Assert.Equal("Every delivery to it failed for 5 days.", disabled.DisabledBecause);
        Assert.Single(_domain.Events.Appended);

        async Task FailAsync(string id)
        {
            var happened = DeliveryDomain.Event(id, _domain.Time.GetUtcNow());
            var delivery = await _domain.Log.AddAsync(happened, endpoint.Id, null, happened.At, Cancel);
            await _domain.Worker.HandleAsync(Body(delivery), Cancel);
            _domain.Time.Advance(TimeSpan.FromHours(24));
        }
    }

    [Fact]
    public async Task One_success_between_is_a_new_chance()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        for (var day = 0; day <= 8; day++)
        {
            _domain.Receiver.AnswerWith(day == 4 ? 200 : 500);
            var happened = DeliveryDomain.Event($"event-{day}", _domain.Time.GetUtcNow());
            await _domain.Worker.HandleAsync(Body(await _domain.Log.AddAsync(happened, endpoint.Id, null, happened.At, Cancel)), Cancel);
            Assert.Equal(day != 4, (await _domain.ReadAsync(endpoint)).FailingSince is not null);
            _domain.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.True((await _domain.ReadAsync(endpoint)).Settings.Enabled);
        Assert.Empty(_domain.Events.Appended);
    }

    [Fact]
    public async Task An_endpoint_that_moved_while_it_was_tried_is_not_disabled()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.Answer = async _ =>
        {
            await _domain.Service.UpdateAsync(DeliveryDomain.Application, endpoint.Id, s => s with { Url = "https://93.184.215.14/moved" }, Cancel);
            return new HttpResponseMessage(HttpStatusCode.Gone);
        };
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        Assert.True((await _domain.ReadAsync(endpoint)).Settings.Enabled);
    }

    [Fact]
    public async Task A_crash_after_the_next_try_was_sent_and_before_completion_changes_nothing()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500);
        await _domain.HappenAsync();
        var message = await _domain.ReceiveAsync();
        await _domain.Worker.HandleAsync(message.Message.Body, Cancel);

        // The process is gone and the lock runs out: the message comes again.
        Assert.True(await _domain.Store.Receiver.AbandonAsync(message, Cancel));
        await _domain.HandleNextAsync();

        Assert.Single(_domain.Receiver.Received);
        Assert.Single(Assert.Single(await _domain.ListAsync(endpoint)).Attempts);
        _domain.Time.Advance(TimeSpan.FromSeconds(30));
        await _domain.HandleNextAsync();
        await _domain.NothingDueAsync();
        Assert.Equal(2, _domain.Receiver.Received.Count);
    }

    [Fact]
    public async Task A_crash_before_the_next_try_was_sent_loses_nothing()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500);
        await _domain.HappenAsync();
        var message = await _domain.ReceiveAsync();
        _domain.Sender.Down = true;
        await Assert.ThrowsAsync<IOException>(() => _domain.Worker.HandleAsync(message.Message.Body, Cancel));
        _domain.Sender.Down = false;

        Assert.True(await _domain.Store.Receiver.AbandonAsync(message, Cancel));
        await _domain.HandleNextAsync();
        _domain.Time.Advance(TimeSpan.FromSeconds(30));
        await _domain.HandleNextAsync();

        Assert.Equal(2, Assert.Single(await _domain.ListAsync(endpoint)).Attempts.Count);
        Assert.Equal(2, _domain.Receiver.Received.Count);
    }

    [Fact]
    public async Task A_crash_before_the_log_was_written_repeats_the_event_under_its_id()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        var message = await _domain.ReceiveAsync();
        _domain.Receiver.Answer = _ => throw new OperationCanceledException("Killed after the endpoint got it.");
        using var killed = new CancellationTokenSource();
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _domain.Worker.HandleAsync(message.Message.Body, killed.Token));

        _domain.Receiver.AnswerWith(200);
        Assert.True(await _domain.Store.Receiver.AbandonAsync(message, Cancel));
        await _domain.HandleNextAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(endpoint)).State);
        Assert.Single(_domain.Receiver.Received.Select(r => r.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Our_own_failure_puts_the_try_off_instead_of_burying_it()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.Answer = _ => throw new InvalidOperationException("Our storage is down, say.");
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        await _domain.NothingDueAsync();
        Assert.Empty(Assert.Single(await _domain.ListAsync(endpoint)).Attempts);

        _domain.Time.Advance(TimeSpan.FromSeconds(30));
        await _domain.HandleNextAsync();
        _domain.Receiver.AnswerWith(200);
        _domain.Time.Advance(TimeSpan.FromSeconds(60));
        await _domain.HandleNextAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(endpoint)).State);
        await _domain.NothingDueAsync();
    }

    [Fact]
    public async Task A_failing_endpoint_is_called_twice_at_a_time_and_the_rest_waits()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.Health.FailedAsync(await _domain.ReadAsync(endpoint), gone: false, Cancel);
        using var called = new SemaphoreSlim(0);
        var over = new TaskCompletionSource();
        _domain.Receiver.Answer = async _ =>
        {
            called.Release();
            await over.Task;
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        };
        var handling = new List<Task>();
        for (var n = 1; n <= 3; n++)
        {
            await _domain.HappenAsync($"event-{n}");
            var message = await _domain.ReceiveAsync();
            handling.Add(_domain.Worker.HandleAsync(message.Message.Body, Cancel));
            await _domain.CompleteAsync(message);
            await Task.WhenAny(called.WaitAsync(Cancel), handling[^1]);
        }

        await handling[2];
        Assert.Equal(2, _domain.Receiver.Received.Count);
        over.SetResult();
        await Task.WhenAll(handling);
        Assert.Equal([0, 1, 1], (await _domain.ListAsync(endpoint)).Select(d => d.Tries).Order());

        _domain.Receiver.AnswerWith(200);
        _domain.Time.Advance(TimeSpan.FromSeconds(30));
        for (var n = 1; n <= 3; n++)
        {
            await _domain.HandleNextAsync();
        }

        Assert.All(await _domain.ListAsync(endpoint), d => Assert.Equal(DeliveryState.Delivered, d.State));
        Assert.Null((await _domain.ReadAsync(endpoint)).FailingSince);
    }

    [Fact]
    public async Task What_was_delivered_can_be_asked_for_again()
    {
        var (endpoint, secret) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        var id = Assert.Single(await _domain.ListAsync(endpoint)).Id;

        var again = await _domain.Deliveries.RedeliverAsync(endpoint, id, Cancel);
        await _domain.HandleNextAsync();

        Assert.Equal((DeliveryState.Pending, 2), (again.State, again.Round));
        Assert.Equal(2, Assert.Single(await _domain.ListAsync(endpoint)).Attempts.Count);
        Assert.All(_domain.Receiver.Received, r => Assert.True(r.IsSignedWith(secret)));
        var none = await Assert.ThrowsAsync<ApiException>(() => _domain.Deliveries.RedeliverAsync(endpoint, "none", Cancel));
        Assert.Equal(ErrorCode.DeliveryNotFound, none.Code);
    }

    [Fact]
    public async Task A_new_round_voids_the_tries_of_the_one_before()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Receiver.AnswerWith(500);
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        _domain.Receiver.AnswerWith(200);

        await _domain.Deliveries.RedeliverAsync(endpoint, (await _domain.ListAsync(endpoint))[0].Id, Cancel);
        await _domain.HandleNextAsync();
        _domain.Time.Advance(TimeSpan.FromSeconds(30));
        await _domain.HandleNextAsync();

        Assert.Equal(2, _domain.Receiver.Received.Count);
        await _domain.NothingDueAsync();
    }

    [Fact]
    public async Task A_try_is_recorded_though_the_delivery_was_asked_for_again_only_if_it_is_of_the_same_round()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        var id = Assert.Single(await _domain.ListAsync(endpoint)).Id;
        _domain.Receiver.Answer = async _ =>
        {
            _domain.Receiver.AnswerWith(200);
            await _domain.Deliveries.RedeliverAsync(endpoint, id, Cancel);
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        await _domain.HandleNextAsync();
        Assert.Empty(Assert.Single(await _domain.ListAsync(endpoint)).Attempts);
        await _domain.HandleNextAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(endpoint)).State);
    }

    [Fact]
    public async Task What_is_on_its_way_to_a_deleted_endpoint_is_dropped()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        await _domain.Service.DeleteAsync(DeliveryDomain.Application, endpoint.Id, Cancel);

        await _domain.HandleNextAsync();

        Assert.Empty(_domain.Receiver.Received);
        await _domain.NothingDueAsync();
    }

    [Fact]
    public async Task An_endpoint_whose_secret_is_gone_gets_nothing_unsigned()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.Store.Vault.DeleteAsync(endpoint.Secrets[0].Name, Cancel);
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        Assert.Empty(_domain.Receiver.Received);
        Assert.Equal("The signing secret is gone. Rotate it.", Assert.Single(await _domain.ListAsync(endpoint)).Attempts[0].Error);
    }

    [Fact]
    public async Task A_URL_that_is_no_longer_allowed_is_not_called()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        Assert.True(await _domain.Endpoints.TryReplaceAsync(endpoint with { Settings = endpoint.Settings with { Url = "http://localhost/" }, ETag = (await _domain.ReadAsync(endpoint)).ETag }, Cancel));
        await _domain.HappenAsync();

        await _domain.HandleNextAsync();

        Assert.Empty(_domain.Receiver.Received);
        Assert.StartsWith("The URL is not allowed.", Assert.Single(await _domain.ListAsync(endpoint)).Attempts[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_none_of_ours_goes_to_the_dead_letters() =>
        await Assert.ThrowsAsync<JsonException>(() => _domain.Worker.HandleAsync("nonsense", Cancel));

    [Fact]
    public async Task A_delivery_that_the_queue_gave_up_on_is_listed_as_failed_and_can_be_asked_for_again()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync("event-1");
        var delivery = Assert.Single(await _domain.ListAsync(endpoint));

        await _domain.Worker.GiveUpAsync(Body(delivery), Cancel);
        await _domain.Worker.GiveUpAsync(Body(delivery), Cancel);

        var failed = Assert.Single(await _domain.ListAsync(endpoint));
        Assert.Equal((DeliveryState.Failed, 1), (failed.State, failed.Attempts.Count));
        Assert.StartsWith("Millwright itself failed", failed.Attempts[0].Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Pending, (await _domain.Deliveries.RedeliverAsync(endpoint, delivery.Id, Cancel)).State);
    }

    [Fact]
    public async Task A_dead_letter_that_is_none_of_ours_is_dropped() => await _domain.Worker.GiveUpAsync("nonsense", Cancel);

    [Fact]
    public void A_message_id_is_within_the_queues_bounds() => QueueLimits.Check(
        new DeliveryMessage("a", new string('e', 32), new string('d', 48), int.MaxValue, 99, DeliveryWorker.MaxSetbacks).At(null));

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private static string Body(DeliveryRecord delivery) =>
        new DeliveryMessage(DeliveryDomain.Application, delivery.EndpointId, delivery.Id, delivery.Round, delivery.Tries + 1).At(null).Body;
}
