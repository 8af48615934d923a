using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Http;

/// <summary>Callers' meters, which hear of every request before it is sent.</summary>
public sealed class UpstreamMeterTests
{
    private static readonly UpstreamLimits Limits = new(4, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), 3);

    [Fact]
    public async Task A_request_that_the_meter_refuses_is_not_sent_and_the_refusal_comes_out_as_it_is()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref calls);
            return Task.CompletedTask;
        });
        using var client = new UpstreamClient(Limits, TestRuntime.Real, NullLogger.Instance);
        var refusal = new ApiException(ErrorCode.RateLimitExceeded, "Enough for today.");
        var metered = 0;

        using (UpstreamMeter.Use(_ =>
        {
            metered++;
            throw refusal;
        }))
        {
            Assert.Same(refusal, await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken)));
        }

        Assert.False(refusal.OutcomeUnknown);
        Assert.Equal((1, 0), (metered, calls));
    }

    [Fact]
    public async Task Refusals_are_no_failures_of_the_source()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var client = new UpstreamClient(Limits, TestRuntime.Real, NullLogger.Instance);
        using (UpstreamMeter.Use(_ => throw new ApiException(ErrorCode.SourceUnavailable, "Not now.")))
        {
            for (var i = 0; i < 20; i++)
            {
                await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));
            }
        }

        Assert.Equal(200, (await client.SendAsync(Write(server), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_repetition_that_the_meter_refuses_is_not_sent()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var client = new UpstreamClient(Limits, TestRuntime.Real, NullLogger.Instance);
        var left = 2;

        using var meter = UpstreamMeter.Use(_ => left-- > 0 ? ValueTask.CompletedTask : throw new ApiException(ErrorCode.RateLimitExceeded, "Enough for today."));
        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(Write(server), TestContext.Current.CancellationToken));

        Assert.Equal("Enough for today.", error.Message);
        Assert.False(error.OutcomeUnknown);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task What_the_meter_waits_is_none_of_the_attempts_time()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        var time = new WatchedTime();
        using var client = new UpstreamClient(Limits, TestRuntime.At(time), NullLogger.Instance);
        var held = new TaskCompletionSource();

        using var meter = UpstreamMeter.Use(_ => new ValueTask(held.Task));
        var answer = client.SendAsync(Write(server), TestContext.Current.CancellationToken);
        time.Advance(Limits.AttemptTimeout + TimeSpan.FromSeconds(1));
        held.SetResult();

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task Calls_outside_the_meters_flow_are_not_told_of()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var client = new UpstreamClient(Limits, TestRuntime.Real, NullLogger.Instance);
        var metered = 0;
        using (UpstreamMeter.Use(_ =>
        {
            metered++;
            return ValueTask.CompletedTask;
        }))
        {
            await client.SendAsync(Write(server), TestContext.Current.CancellationToken);
        }

        await client.SendAsync(Write(server), TestContext.Current.CancellationToken);

        Assert.Equal(1, metered);
    }

    /// <summary>Otherwise the request that gets the turn of the refused one would go out with the same credentials.</summary>
    [Fact]
    public async Task That_the_credentials_are_refused_is_told_before_the_next_request_has_its_turn()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        using var client = new UpstreamClient(Limits with { Concurrency = 1 }, TestRuntime.Real, NullLogger.Instance);
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var meter = UpstreamMeter.Use(
            _ =>
            {
                told.Enqueue("before");
                return ValueTask.CompletedTask;
            },
            () => told.Enqueue("refused"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.SendAsync(Write(server) with { RefusalIsFinal = true }, TestContext.Current.CancellationToken)));
        Assert.Equal(Enumerable.Repeat(new[] { "before", "refused" }, 20).SelectMany(pair => pair), told);

        // What a new session or token may mend says nothing yet.
        told.Clear();
        await client.SendAsync(Write(server), TestContext.Current.CancellationToken);
        Assert.Equal(["before"], told);
    }

    private static UpstreamRequest Write(LoopbackServer server) => new(HttpMethod.Post, server.Address, RequestSafety.Write) { Body = "{}"u8.ToArray() };
}
