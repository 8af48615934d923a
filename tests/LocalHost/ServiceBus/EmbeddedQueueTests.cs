using Millwright.Core.Storage;

namespace Millwright.LocalHost.Tests.ServiceBus;

/// <summary>What the trigger and the embedded queue only promise together, across restarts of the host.</summary>
public sealed class EmbeddedQueueTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-queues");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_message_is_handled_once()
    {
        await using (var app = await NewApp().StartAsync())
        {
            await app.SendAsync("jobs", "m1", "do");
            Assert.Equal("do", await app.Probe.NextAsync());
        }

        await using var later = NewApp();
        later.Time.Advance(QueueApp.LockDuration * 2);
        await later.StartAsync();
        await later.SendAsync("jobs", "m2", "next");
        Assert.Equal("next", await later.Probe.NextAsync());
    }

    [Fact]
    public async Task A_message_that_always_fails_is_delivered_as_often_as_its_queue_allows_and_is_then_a_dead_letter()
    {
        await using var app = await NewApp().StartAsync();
        await app.SendAsync("failing", "m1", "it");
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Assert.Equal($"it {delivery}", await app.Probe.NextAsync());
        }

        Assert.Equal("it is a dead letter", await app.Probe.NextAsync());
    }

    [Fact]
    public async Task A_scheduled_message_is_handled_when_its_time_has_come()
    {
        await using var app = await NewApp().StartAsync();
        await app.SendAsync("jobs", new QueueMessage("m1", "scheduled") { ScheduledAt = app.Time.GetUtcNow().AddSeconds(30) });
        await app.SendAsync("jobs", "m2", "now");
        Assert.Equal("now", await app.Probe.NextAsync());
        Assert.Equal("complete m2", await app.Queue.NextEventAsync());
        app.Time.Advance(TimeSpan.FromSeconds(29));
        await app.SendAsync("jobs", "m3", "a second before");
        Assert.Equal("a second before", await app.Probe.NextAsync());
        Assert.Equal("complete m3", await app.Queue.NextEventAsync());
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("scheduled", await app.Probe.NextAsync());
    }

    [Fact]
    public async Task A_message_whose_id_the_queue_remembers_is_dropped()
    {
        await using var app = await NewApp().StartAsync();
        await app.SendAsync("jobs", "m1", "first");
        await app.SendAsync("jobs", "m1", "again");
        await app.SendAsync("jobs", "m2", "other");
        Assert.Equal("first", await app.Probe.NextAsync());
        Assert.Equal("other", await app.Probe.NextAsync());
    }

    [Fact]
    public async Task A_message_in_flight_when_the_host_stops_is_delivered_to_the_next_host()
    {
        await using (var app = await NewApp().StartAsync())
        {
            await app.SendAsync("jobs", "m1", "wait");
            Assert.Equal("wait", await app.Probe.NextAsync());
            var stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);
            await app.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
            app.Time.Advance(TimeSpan.FromSeconds(15));
            await stopping;
        }

        await using var next = await NewApp().StartAsync();
        Assert.Equal("wait", await next.Probe.NextAsync());
        next.Probe.OpenGate();
        Assert.Equal("complete m1", await next.Queue.NextEventAsync());
    }

    /// <summary>An app that handles one message at a time, so that what it handles first was first in the queue.</summary>
    private QueueApp NewApp() => new(Path.Combine(_folder.FullName, "queues.db"), maxConcurrentCalls: 1);
}
