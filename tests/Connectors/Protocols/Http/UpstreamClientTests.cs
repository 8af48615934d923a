using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Http;

public sealed class UpstreamClientTests
{
    private static readonly UpstreamLimits Limits = new(4, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), 3);

    [Fact]
    public async Task Two_hundred_calls_at_once_all_succeed_and_never_more_than_the_limit_are_in_flight()
    {
        int inFlight = 0, most = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref inFlight));
            await Task.Yield();
            await context.Response.WriteAsync("{}");
            Interlocked.Decrement(ref inFlight);
        });
        using var client = Client(TestRuntime.Real);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.SendAsync(Get(server), TestContext.Current.CancellationToken)));

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task A_call_beyond_the_waiting_room_is_refused_without_being_sent()
    {
        var release = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await release.Task;
            await context.Response.WriteAsync("{}");
        });
        using var client = Client(TestRuntime.Real, Limits with { Concurrency = 1, QueueLength = 0, Retries = 0 });
        var first = client.SendAsync(Get(server), TestContext.Current.CancellationToken);
        await arrived.Task;

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceUnavailable, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
        Assert.False(refusal.OutcomeUnknown);
        Assert.True(refusal.HeldBack);
        release.SetResult();
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task A_request_that_is_refused_before_it_is_sent_comes_to_exactly_that()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref calls);
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);
        var refusal = new ApiException(ErrorCode.RateLimitExceeded, "Not now.");

        ApiException thrown;
        using (UpstreamMeter.Use(_ => throw refusal))
        {
            thrown = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));
        }

        Assert.Same(refusal, thrown);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task A_read_is_repeated_after_the_pause_that_the_source_asks_for()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "7";
            }

            return Task.CompletedTask;
        });
        var time = new WatchedTime();
        using var client = Client(TestRuntime.At(time));

        var answer = client.SendAsync(Get(server), TestContext.Current.CancellationToken);
        await time.WaitOf(TimeSpan.FromSeconds(7));
        Assert.Equal(1, calls);
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(200, (await answer).Status);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_write_that_was_refused_with_429_is_repeated_because_it_was_not_done()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 429 : 201;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);

        Assert.Equal(201, (await client.SendAsync(Write(server), TestContext.Current.CancellationToken)).Status);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_pause_longer_than_the_total_timeout_is_left_to_the_caller()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);

        var answer = await client.SendAsync(Get(server), TestContext.Current.CancellationToken);
        var error = UpstreamFailure.From(answer, RequestSafety.Read);

        Assert.Equal(1, calls);
        Assert.Equal(ErrorCode.RateLimitExceeded, error.Code);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sat, 01 Jan 2000 00:01:00 GMT", 60.0)]
    [InlineData("Fri, 31 Dec 1999 00:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task Retry_after_is_read_as_seconds_or_a_date_and_nonsense_is_left_out(string header, double? seconds)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.At(new WatchedTime()));

        var answer = await client.SendAsync(Get(server), TestContext.Current.CancellationToken);

        Assert.Equal(seconds, answer.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_after_a_failure_and_a_write_is_not(int status)
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);

        await client.SendAsync(Get(server), TestContext.Current.CancellationToken);
        Assert.Equal(4, calls);

        var write = await client.SendAsync(Write(server), TestContext.Current.CancellationToken);
        Assert.Equal(5, calls);
        Assert.True(UpstreamFailure.From(write, RequestSafety.Write).OutcomeUnknown);
    }

    [Fact]
    public async Task A_write_whose_connection_drops_has_an_unknown_outcome_and_is_not_repeated()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));

        Assert.True(error.OutcomeUnknown);
        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_write_that_gets_no_answer_in_time_has_an_unknown_outcome()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var time = new WatchedTime();
        using var client = Client(TestRuntime.At(time));

        var answer = client.SendAsync(Write(server), TestContext.Current.CancellationToken);
        await arrived.Task;
        time.Advance(Limits.AttemptTimeout);
        var error = await Assert.ThrowsAsync<ApiException>(() => answer);

        Assert.Equal(ErrorCode.SourceTimeout, error.Code);
        Assert.True(error.OutcomeUnknown);
        Assert.False(error.HeldBack);
    }

    [Fact]
    public async Task A_write_to_an_address_where_nothing_listens_certainly_did_not_happen()
    {
        using var client = Client(TestRuntime.Real, Limits with { Retries = 0 });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(
            new UpstreamRequest(HttpMethod.Post, new Uri($"http://127.0.0.1:{ClosedPort()}/"), RequestSafety.Write), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceUnreachable, error.Code);
        Assert.False(error.OutcomeUnknown);
        Assert.False(error.HeldBack);
    }

    [Fact]
    public async Task The_circuit_opens_after_many_failures_and_closes_again_after_its_break()
    {
        int calls = 0, status = 500;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var time = new WatchedTime();
        using var client = Client(TestRuntime.At(time), Limits with { Retries = 0 });
        for (var i = 0; i < 10; i++)
        {
            await client.SendAsync(Get(server), TestContext.Current.CancellationToken);
        }

        var spared = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceUnavailable, spared.Code);
        Assert.NotNull(spared.RetryAfter);
        Assert.False(spared.OutcomeUnknown);
        Assert.Equal(10, calls);
        status = 200;
        time.Advance(UpstreamPipeline.BreakDuration);
        Assert.Equal(200, (await client.SendAsync(Get(server), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var elsewhere = 0;
        await using var other = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref elsewhere);
            return Task.CompletedTask;
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Address.ToString());
            return Task.CompletedTask;
        });
        using var client = Client(TestRuntime.Real);

        var error = UpstreamFailure.From(await client.SendAsync(Get(server), TestContext.Current.CancellationToken), RequestSafety.Read);

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Equal(0, elsewhere);
    }

    [Fact]
    public async Task An_answer_over_the_size_limit_is_an_error_and_not_repeated()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            return context.Response.WriteAsync(new string('x', 1000));
        });
        using var client = Client(TestRuntime.Real, Limits with { ResponseBytes = 100 });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Get(server), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_caller_that_gives_up_sees_its_own_cancellation()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = Client(TestRuntime.Real);
        using var gaveUp = new CancellationTokenSource();

        var answer = client.SendAsync(Get(server), gaveUp.Token);
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    private static UpstreamClient Client(ConnectorRuntime runtime, UpstreamLimits? limits = null) => new(limits ?? Limits, runtime, NullLogger.Instance);

    private static UpstreamRequest Get(LoopbackServer server) => new(HttpMethod.Get, server.Address, RequestSafety.Read);

    private static UpstreamRequest Write(LoopbackServer server) => new(HttpMethod.Post, server.Address, RequestSafety.Write) { Body = "{}"u8.ToArray() };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
