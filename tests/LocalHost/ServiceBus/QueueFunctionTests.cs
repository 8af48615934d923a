using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.ServiceBus;

public sealed class QueueFunctionTests : IAsyncDisposable
{
    private static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(60);

    private readonly TestApp _app;
    private readonly InMemoryQueue _queue;

    public QueueFunctionTests()
    {
        _app = new TestApp(typeof(QueueFunctions))
        {
            HostJson = """
                {
                  // Comments are allowed.
                  "extensions": { "serviceBus": { "maxConcurrentCalls": 2, "maxConcurrentSessions": 2, "maxAutoLockRenewalDuration": "00:01:40" } },
                  "functionTimeout": "00:10:00"
                }
                """,
            LocalSettings = """{ "Values": { "Jobs__Queue": "jobs" } }""",
        };
        _queue = new InMemoryQueue(_app.Time, LockDuration, maxDeliveryCount: 2);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_message_is_completed_when_its_function_returns()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "do");
        Assert.Equal("do", await _app.Probe.NextAsync());
        Assert.Equal("complete m1", await _queue.NextEventAsync());
    }

    [Fact]
    public async Task A_failed_message_is_given_back_until_it_is_a_dead_letter_that_tells_why()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "fail", session: null, ("traceparent", "00-1-2-00"));
        Assert.Equal("fail", await _app.Probe.NextAsync());
        Assert.Equal("abandon m1", await _queue.NextEventAsync());
        Assert.Equal("fail", await _app.Probe.NextAsync());
        Assert.Equal("abandon m1", await _queue.NextEventAsync());

        var data = await _app.Probe.NextAsync<Dictionary<string, object?>>();
        Assert.Equal("fail", data["body"]);
        Assert.Equal("m1", data["MessageId"]);
        Assert.Equal("3", data["DeliveryCount"]);
        Assert.Equal("1", data["SequenceNumber"]);
        Assert.Equal("\"2026-03-01T12:00:00Z\"", data["EnqueuedTimeUtc"]);
        Assert.Equal(
            """{"traceparent":"00-1-2-00","DeadLetterReason":"MaxDeliveryCountExceeded","DeadLetterErrorDescription":"Too often."}""",
            data["ApplicationProperties"]);
        Assert.Equal(2, _app.Logs.Entries.Count(e => e is { Category: "Function.jobs", Level: LogLevel.Error } && e.Message.Contains("m1")));
    }

    [Fact]
    public async Task At_most_as_many_messages_run_at_a_time_as_host_json_says()
    {
        await StartAsync();
        for (var i = 1; i <= 3; i++)
        {
            _queue.Send("jobs", $"m{i}", "wait");
        }

        await _app.Probe.NextAsync();
        await _app.Probe.NextAsync();
        Assert.True(_app.Probe.IsQuiet);
        _app.Probe.OpenGate();
        Assert.StartsWith("complete", await _queue.NextEventAsync());
        Assert.Equal("wait", await _app.Probe.NextAsync());
        _app.Probe.OpenGate();
        _app.Probe.OpenGate();
        await _queue.NextEventAsync();
        await _queue.NextEventAsync();
    }

    [Fact]
    public async Task Sessions_run_beside_each_other_and_each_in_order()
    {
        await StartAsync();
        _queue.Send("sessions", "a1", "a1", "a");
        _queue.Send("sessions", "a2", "a2", "a");
        _queue.Send("sessions", "b1", "b1", "b");
        var first = new[] { await _app.Probe.NextAsync(), await _app.Probe.NextAsync() };
        Assert.Equal(["a1", "b1"], first.Order());
        Assert.True(_app.Probe.IsQuiet);
        _app.Probe.OpenGate();
        _app.Probe.OpenGate();
        Assert.Equal("a2", await _app.Probe.NextAsync());
        _app.Probe.OpenGate();
    }

    [Fact]
    public async Task The_lock_is_renewed_while_the_function_runs_for_as_long_as_host_json_says()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        for (var renewal = 1; renewal <= 3; renewal++)
        {
            await _app.Time.WaitedForAsync(LockDuration / 2);
            _app.Time.Advance(LockDuration / 2);
            Assert.Equal("renew m1", await _queue.NextEventAsync());
        }

        // 90 of 100 seconds are over: there is no fourth renewal, and the lock ends.
        _app.Time.Advance(LockDuration);
        _app.Probe.OpenGate();
        Assert.Equal("lost complete m1", await _queue.NextEventAsync());
        _app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_message_whose_lock_was_lost_is_delivered_again()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        _queue.LoseLock("m1");
        Assert.Equal("wait", await _app.Probe.NextAsync());
        _app.Probe.OpenGate();
        _app.Probe.OpenGate();
        Assert.Equal(["complete m1", "lost complete m1"], new[] { await _queue.NextEventAsync(), await _queue.NextEventAsync() }.Order());
    }

    [Fact]
    public async Task A_queue_that_fails_is_asked_again()
    {
        _queue.ReceiveFailure = new IOException("The disk is gone.");
        await StartAsync();
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(1));
        _queue.Send("jobs", "m1", "do");
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("complete m1", await _queue.NextEventAsync());
        Assert.Contains(_app.Logs.Entries, e => e.Level == LogLevel.Error && e.Message.EndsWith("The disk is gone.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_over_the_functionTimeout_is_cancelled_and_its_message_given_back()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        _app.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.EndsWith("abandon m1", await NextSettlementAsync());
        Assert.Contains(_app.Logs.Entries, e => e.Message.Contains("functionTimeout"));
        _app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_stopping_host_takes_no_more_messages_and_lets_those_in_flight_finish()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        var stopping = _app.Host.StopAsync(TestContext.Current.CancellationToken);
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
        _queue.Send("jobs", "m2", "do");
        _app.Probe.OpenGate();
        Assert.Equal("complete m1", await _queue.NextEventAsync());
        await stopping;
        Assert.True(_app.Probe.IsQuiet);
    }

    [Fact]
    public async Task After_the_grace_period_calls_are_cancelled_and_their_messages_given_back()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        var stopping = _app.Host.StopAsync(TestContext.Current.CancellationToken);
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
        _app.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("abandon m1", await _queue.NextEventAsync());
        await stopping;
    }

    [Fact]
    public async Task Calls_that_do_not_end_are_left_at_the_end_of_the_shutdown_and_their_messages_given_back()
    {
        await StartAsync();
        _queue.Send("jobs", "m1", "ignore cancellation");
        await _app.Probe.NextAsync();
        using var timeIsOver = new CancellationTokenSource();
        var stopping = _app.Host.StopAsync(timeIsOver.Token);
        await timeIsOver.CancelAsync();
        Assert.Equal("abandon m1", await _queue.NextEventAsync());
        await stopping.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private Task<TestApp> StartAsync() => _app.StartAsync(b => b.Services.AddSingleton<IQueueReceiver>(_queue));

    private async Task<string> NextSettlementAsync()
    {
        while (true)
        {
            if (await _queue.NextEventAsync() is var happened && !happened.Contains("renew", StringComparison.Ordinal))
            {
                return happened;
            }
        }
    }
}
