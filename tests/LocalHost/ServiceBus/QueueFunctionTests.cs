using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.Tests.ServiceBus;

public sealed class QueueFunctionTests : IAsyncDisposable
{
    private static readonly TimeSpan LockDuration = QueueApp.LockDuration;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-queues");
    private readonly QueueApp _app;

    public QueueFunctionTests() => _app = new QueueApp(Path.Combine(_folder.FullName, "queues.db"));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_is_completed_when_its_function_returns()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "do");
        Assert.Equal("do", await _app.Probe.NextAsync());
        Assert.Equal("complete m1", await _app.Queue.NextEventAsync());
    }

    [Fact]
    public async Task A_failed_message_is_given_back_until_it_is_a_dead_letter_that_tells_why()
    {
        await _app.StartAsync();
        await _app.SendAsync(
            "jobs", new QueueMessage("m1", "fail") { Properties = new Dictionary<string, string> { ["traceparent"] = "00-1-2-00" } });
        Assert.Equal("fail", await _app.Probe.NextAsync());
        Assert.Equal("abandon m1", await _app.Queue.NextEventAsync());
        Assert.Equal("fail", await _app.Probe.NextAsync());
        Assert.Equal("abandon m1", await _app.Queue.NextEventAsync());

        var data = await _app.Probe.NextAsync<Dictionary<string, object?>>();
        Assert.Equal("fail", data["body"]);
        Assert.Equal("m1", data["MessageId"]);
        Assert.Equal("1", data["DeliveryCount"]);
        Assert.Equal("1", data["SequenceNumber"]);
        Assert.Equal("\"2026-03-01T12:00:00Z\"", data["EnqueuedTimeUtc"]);
        var properties = JsonSerializer.Deserialize<Dictionary<string, string>>(Assert.IsType<string>(data["ApplicationProperties"]))!;
        Assert.Equal(["DeadLetterErrorDescription", "DeadLetterReason", "traceparent"], properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("00-1-2-00", properties["traceparent"]);
        Assert.Equal("MaxDeliveryCountExceeded", properties["DeadLetterReason"]);
        Assert.NotEmpty(properties["DeadLetterErrorDescription"]);
        Assert.Equal(2, _app.Logs.Entries.Count(e => e is { Category: "Function.jobs", Level: LogLevel.Error } && e.Message.Contains("m1")));
    }

    [Fact]
    public async Task At_most_as_many_messages_run_at_a_time_as_host_json_says()
    {
        await _app.StartAsync();
        for (var i = 1; i <= 3; i++)
        {
            await _app.SendAsync("jobs", $"m{i}", "wait");
        }

        await _app.Probe.NextAsync();
        await _app.Probe.NextAsync();
        Assert.True(_app.Probe.IsQuiet);
        _app.Probe.OpenGate();
        Assert.StartsWith("complete", await _app.Queue.NextEventAsync());
        Assert.Equal("wait", await _app.Probe.NextAsync());
        _app.Probe.OpenGate();
        _app.Probe.OpenGate();
        await _app.Queue.NextEventAsync();
        await _app.Queue.NextEventAsync();
    }

    [Fact]
    public async Task Sessions_run_beside_each_other()
    {
        await _app.StartAsync();
        await _app.SendAsync("sessions", "a1", "a1", "a");
        await _app.SendAsync("sessions", "a2", "a2", "a");
        await _app.SendAsync("sessions", "b1", "b1", "b");
        await _app.SendAsync("sessions", "c1", "c1", "c");

        var first = new[] { await _app.Probe.NextAsync(), await _app.Probe.NextAsync(), await _app.Probe.NextAsync() };

        Assert.Equal(["a1", "b1", "c1"], first.Order());
        Enumerable.Range(0, 4).ToList().ForEach(_ => _app.Probe.OpenGate());
    }

    [Fact]
    public async Task Messages_of_a_session_are_handled_in_order_and_one_at_a_time()
    {
        string[] messages = ["a1", "a2", "a3", "a4", "a5"];
        await _app.StartAsync();
        foreach (var message in messages)
        {
            await _app.SendAsync("sessions", message, message, "a");
            _app.Probe.OpenGate();
        }

        foreach (var message in messages)
        {
            Assert.Equal(message, await _app.Probe.NextAsync());
            Assert.Equal($"{message} done", await _app.Probe.NextAsync());
        }
    }

    [Fact]
    public async Task The_lock_is_renewed_while_the_function_runs_for_as_long_as_host_json_says()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        for (var renewal = 1; renewal <= 3; renewal++)
        {
            await _app.Time.WaitedForAsync(LockDuration / 2);
            _app.Time.Advance(LockDuration / 2);
            Assert.Equal("renew m1", await _app.Queue.NextEventAsync());
        }

        // 90 of 100 seconds are over: there is no fourth renewal, and the lock ends.
        _app.Time.Advance(LockDuration);
        _app.Probe.OpenGate();
        Assert.Equal("lost complete m1", await _app.Queue.NextEventAsync());
        _app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_message_whose_lock_was_lost_is_delivered_again()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        await _app.Queue.LoseLockAsync("m1");
        Assert.Equal("wait", await _app.Probe.NextAsync());
        _app.Probe.OpenGate();
        _app.Probe.OpenGate();
        Assert.Equal(["complete m1", "lost complete m1"], new[] { await _app.Queue.NextEventAsync(), await _app.Queue.NextEventAsync() }.Order());
    }

    [Fact]
    public async Task A_queue_that_fails_is_asked_again()
    {
        await _app.StartAsync(new IOException("The disk is gone."));
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(1));
        await _app.SendAsync("jobs", "m1", "do");
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("complete m1", await _app.Queue.NextEventAsync());
        Assert.Contains(_app.Logs.Entries, e => e.Level == LogLevel.Error && e.Message.EndsWith("The disk is gone.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_over_the_functionTimeout_is_cancelled_and_its_message_given_back()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        _app.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.EndsWith("abandon m1", await NextSettlementAsync());
        Assert.Contains(_app.Logs.Entries, e => e.Message.Contains("functionTimeout"));
        _app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_stopping_host_takes_no_more_messages_and_lets_those_in_flight_finish()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        var stopping = _app.Host.StopAsync(TestContext.Current.CancellationToken);
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
        await _app.SendAsync("jobs", "m2", "do");
        _app.Probe.OpenGate();
        Assert.Equal("complete m1", await _app.Queue.NextEventAsync());
        await stopping;
        Assert.True(_app.Probe.IsQuiet);
    }

    [Fact]
    public async Task After_the_grace_period_calls_are_cancelled_and_their_messages_given_back()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "wait");
        await _app.Probe.NextAsync();
        var stopping = _app.Host.StopAsync(TestContext.Current.CancellationToken);
        await _app.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
        _app.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("abandon m1", await _app.Queue.NextEventAsync());
        await stopping;
    }

    [Fact]
    public async Task Calls_that_do_not_end_are_left_at_the_end_of_the_shutdown_and_their_messages_given_back()
    {
        await _app.StartAsync();
        await _app.SendAsync("jobs", "m1", "ignore cancellation");
        await _app.Probe.NextAsync();
        using var timeIsOver = new CancellationTokenSource();
        var stopping = _app.Host.StopAsync(timeIsOver.Token);
        await timeIsOver.CancelAsync();
        Assert.Equal("abandon m1", await _app.Queue.NextEventAsync());
        await stopping.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task<string> NextSettlementAsync()
    {
        while (true)
        {
            if (await _app.Queue.NextEventAsync() is var happened && !happened.Contains("renew", StringComparison.Ordinal))
            {
                return happened;
            }
        }
    }
}
