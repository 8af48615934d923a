using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Polling.Bench;

/// <summary>
/// The way of a poll from the timer to the change feed, beside that of webhooks, on the embedded store, with a source, queues and a clock in
/// the hands of the test. Everything is made anew when it is asked for: each stands for a process of its own.
/// </summary>
internal sealed class PollBench : IAsyncDisposable
{
    private static readonly DateTimeOffset EndOfTime = DateTimeOffset.MaxValue.AddYears(-1);

    private PollBench(WebhookBench webhooks)
    {
        Webhooks = webhooks;
        Queue = new FakeQueue(PollQueue.Definition, Time) { DropsDuplicates = true };
    }

    public WebhookBench Webhooks { get; }

    public FakeQueue Queue { get; }

    public FakeTimeProvider Time => Webhooks.Time;

    public FakeSource Source => Webhooks.Source;

    public Probe Probe => Webhooks.Probe;

    public Connection Connection => Webhooks.Connection;

    public SyncStore Store => new(Webhooks.Tables);

    public DueIndex Index => new(Webhooks.Tables);

    public PollScheduler Scheduler => new(Index, new ProbedQueue(Queue, Probe), Time, NullLogger<PollScheduler>.Instance);

    public SyncService Syncs => new(Store, Scheduler, Seen, Source, new PollingOptions(ByDefault: false), Time);

    public PollWorker Worker => new(
        Store,
        Index,
        new EntityPoll(
            new PageReader(Webhooks.Changes, Webhooks.Ids, Time), new DeletionSearch(Webhooks.States, Seen), Seen, Store, new SyncEvents(Webhooks.Publisher, Time), Time),
        new SyncFailures(Store, new SyncEvents(Webhooks.Publisher, Time), Time, NullLogger<SyncFailures>.Instance),
        Source,
        Webhooks.Systems,
        Webhooks.Subscriptions,
        EntityModel.Default,
        Webhooks.Ids,
        Time,
        NullLogger<PollWorker>.Instance);

    private SeenKeys Seen => new(Webhooks.Blobs);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A connection that is polled by these settings; its first poll waits.</summary>
    /// <param name="settings">What its application chose.</param>
    /// <param name="timed">Whether the source finds changes by their time.</param>
    /// <param name="entities">Its entities; none for <see cref="FakeSource.Entity"/>.</param>
    public static async Task<PollBench> ConnectAsync(SyncSettings? settings = null, bool timed = true, IReadOnlyList<string>? entities = null)
    {
        var bench = new PollBench(await WebhookBench.ConnectAsync());
        bench.Source.Timed = timed;
        bench.Source.Entities = entities is { Count: > 0 } ? entities : bench.Source.Entities;
        await bench.Syncs.BeginAsync(bench.Connection, Stop);
        await bench.ConfigureAsync(settings ?? new SyncSettings());
        bench.Probe.Reset();
        return bench;
    }

    public Task ConfigureAsync(SyncSettings settings) => Syncs.ConfigureAsync(Connection, _ => settings, Stop);

    public Task RequestAsync(bool compare = false, bool acceptDeletions = false, params string[] entities) =>
        Syncs.RequestAsync(Connection, new SyncRequest(entities is [] ? null : entities, compare, acceptDeletions), Stop);

    /// <summary>Polls what is due now: the timer, then the messages it led to.</summary>
    public async Task PollAsync()
    {
        await Scheduler.TickAsync(Stop);
        await DeliverAsync();
    }

    /// <summary>Processes the messages that wait.</summary>
    public async Task DeliverAsync()
    {
        while (Queue.TakeNext() is { } message)
        {
            await Worker.ProcessAsync(message.Body, Stop);
        }
    }

    /// <summary>Lets the timer go on each minute for a while.</summary>
    public async Task RunAsync(TimeSpan span)
    {
        for (var end = Time.GetUtcNow() + span; Time.GetUtcNow() < end;)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await PollAsync();
        }
    }

    /// <summary>Runs the first poll, which nothing is asked of, and forgets what it took.</summary>
    public async Task BeginAsync()
    {
        await RunAsync(TimeSpan.FromMinutes(1));
        Source.Scans.Clear();
        Source.Requests.Clear();
    }

    public async Task<SyncOverview> OverviewAsync() => (await Store.ReadAsync(Connection.Id, Stop))!;

    public async Task<EntitySync> EntityAsync(string entity = FakeSource.Entity) => (await OverviewAsync()).Entities[entity];

    /// <summary>When the connection comes up.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> EntriesAsync() =>
        [.. await Index.DueAsync(EndOfTime, Stop).Where(e => e.ConnectionId == Connection.Id).Select(e => e.Due).ToListAsync(Stop)];

    /// <summary>That it comes up once, when it is due.</summary>
    public async Task AssertIndexedAsync() => Assert.Equal((await OverviewAsync()).Connection.DueAt, Assert.Single(await EntriesAsync()));

    /// <summary>The events of syncs, each with its entity and the code of its error.</summary>
    public async Task<IReadOnlyList<(string Type, string Entity, string? Code)>> SyncEventsAsync() =>
    [
        .. (await Webhooks.FeedAsync()).Where(e => e.Entity is null).DistinctBy(e => e.Id).Select(e =>
        {
            var data = JsonSerializer.Deserialize<JsonElement>(e.Json.Span).GetProperty("data");
            return (e.Type, data.GetProperty("entity").GetString()!, data.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("code").GetString() : null);
        }),
    ];

    public ValueTask DisposeAsync() => Webhooks.DisposeAsync();
}
