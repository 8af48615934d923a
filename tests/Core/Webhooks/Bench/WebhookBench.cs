using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Connections;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>
/// The way of a webhook from the sender to the change feed, on the embedded store, with a source, a queue and a clock in the hands of the
/// test. Everything is made anew when it is asked for: each stands for a process of its own.
/// </summary>
internal sealed class WebhookBench : IAsyncDisposable
{
    private readonly DomainStore _domain;
    private readonly bool _ownsDomain;
    private int _webhooks;
    private string _secret = "";

    private WebhookBench(DomainStore domain, bool ownsDomain)
    {
        _domain = domain;
        _ownsDomain = ownsDomain;
        Source = new FakeSource(domain.Time);
        Queue = new FakeQueue(WebhookQueue.Definition, domain.Time);
        Sender = new ProbedQueue(Queue, Probe);
        Tables = new ProbedTables(domain.Store.Tables, Probe);
        Blobs = new ProbedBlobs(domain.Store.Blobs, Probe);
        Vault = new ProbedVault(domain.Store.Vault, Probe);
        Connection = new Connection(domain.Ids.New(), domain.Ids.New(), FakeSource.Provider, "A customer", "a@example.com", domain.Time.GetUtcNow());
    }

    public FakeTimeProvider Time => _domain.Time;

    public Probe Probe { get; } = new();

    public FakeSource Source { get; }

    public FakeQueue Queue { get; }

    public ProbedTables Tables { get; }

    public ProbedBlobs Blobs { get; }

    public ProbedVault Vault { get; }

    public Connection Connection { get; }

    public ChangeFeed Feed => new(Tables, Time);

    public WebhookFailures Failures => new(Tables, Sender, Time);

    public WebhookFallback Fallback => new(Tables, Sender);

    public ProcessedWebhooks Processed => new(Tables, Time);

    public RecordStates States => new(Tables);

    public EventPublisher Publisher => new(Feed, Deliveries, Time);

    public RecordChanges Changes => new(States, Publisher, Time);

    public Ids Ids => _domain.Ids;

    public Deliveries Deliveries => new(
        new EndpointCache(new EndpointStore(Tables), Time),
        new DeliveryLog(Tables, Blobs, Time),
        new SampleEvents(EntityModel.Default, Ids, Time),
        Sender,
        Time);

    public WebhookSubscriptions Subscriptions => new(Vault, Ids, Time);

    public WebhookReceiver Receiver => ReceiverWith(Subscriptions);

    /// <summary>The clients of connected systems.</summary>
    public ConnectedSystems Systems => new HealthBench(_domain).Systems(Source, Vault);

    public WebhookProcessor Processor => new(
        Subscriptions,
        Processed,
        new RecordObserver(Source, Systems, EntityModel.Default, Changes, Blobs, Time),
        Changes,
        Failures,
        new WebhookActivity(new SyncStore(Tables)),
        Sender,
        new WebhookOptions(),
        Time,
        NullLogger<WebhookProcessor>.Instance);

    private ProbedQueue Sender { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A connection with a secret.</summary>
    /// <param name="domain">A store to share; null for one of its own.</param>
    public static async Task<WebhookBench> ConnectAsync(DomainStore? domain = null)
    {
        var bench = new WebhookBench(domain ?? new DomainStore(), ownsDomain: domain is null);
        await bench.Vault.SetAsync(ConnectedSystems.SecretName(bench.Connection.Id), "{}", Stop);
        bench._secret = (await bench.Subscriptions.AddAsync(bench.Connection, null, Stop)).Value;
        bench.Probe.Reset();
        bench.Vault.Asked.Clear();
        return bench;
    }

    public WebhookReceiver ReceiverWith(WebhookSubscriptions subscriptions) =>
        new(subscriptions, Source, Sender, Fallback, Blobs, Time, NullLogger<WebhookReceiver>.Instance);

    /// <summary>A signed webhook.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="id">The sender's id of it; one that starts with <c>none</c> is not told.</param>
    public WebhookRequest Signed(byte[] body, string? id = null)
    {
        id ??= $"msg_{++_webhooks}";
        var now = Time.GetUtcNow();
        return Requests.Of(
            body,
            (StandardWebhooks.IdHeader, id),
            (StandardWebhooks.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(_secret, id, now, body)));
    }

    /// <summary>Receives a webhook and takes its message, as the queue got it.</summary>
    public async Task<QueueMessage> ReceiveAsync(SourceWebhook webhook, string? id = null) => await ReceiveAsync(webhook.ToBody(), id);

    /// <inheritdoc cref="ReceiveAsync(SourceWebhook, string?)"/>
    public async Task<QueueMessage> ReceiveAsync(byte[] body, string? id = null)
    {
        Assert.Null(await Receiver.ReceiveAsync(Connection.Id, Signed(body, id), "req-1", Stop));
        return Queue.Sent[^1];
    }

    /// <summary>Processes a message, which leaves the queue.</summary>
    public Task ProcessAsync(QueueMessage message)
    {
        Queue.Waiting.Remove(message);
        return Processor.ProcessAsync(message.Body, Stop);
    }

    /// <summary>Processes a message in a process that ends before or after its n-th write.</summary>
    /// <returns>False if it did not come to that write.</returns>
    public Task<bool> CrashAsync(QueueMessage message, int write, bool after) => Probe.CrashAsync(write, after, () => ProcessAsync(message));

    /// <summary>Processes what waits, each when it is due, until nothing does.</summary>
    public async Task DrainAsync()
    {
        while (Queue.TakeNext() is { } next)
        {
            MoveTo(next.ScheduledAt);
            await Processor.ProcessAsync(next.Body, Stop);
        }
    }

    /// <summary>Moves the clock to this time, if it is ahead.</summary>
    public void MoveTo(DateTimeOffset? time)
    {
        if (time > Time.GetUtcNow())
        {
            Time.SetUtcNow(time.Value);
        }
    }

    /// <summary>All events of records there are, once they can be seen.</summary>
    public async Task<IReadOnlyList<SeenEvent>> EventsAsync() =>
        [.. (await FeedAsync()).Where(e => e.Entity is not null).Select(e => SeenEvent.Of(e, JsonSerializer.Deserialize<JsonElement>(e.Json.Span)))];

    /// <summary>All events there are, once they can be seen.</summary>
    public async Task<IReadOnlyList<FeedEvent>> FeedAsync()
    {
        Time.Advance(ChangeFeed.SettleWindow + TimeSpan.FromMilliseconds(1));
        List<FeedEvent> events = [];
        FeedPage page;
        string? cursor = null;
        do
        {
            page = await Feed.ReadAsync(new FeedQuery(Connection.ApplicationId) { Cursor = cursor }, Stop);
            events.AddRange(page.Events);
            cursor = page.Cursor;
        }
        while (page.HasMore);
        return events;
    }

    /// <summary>What became of the webhook in this message; null while nothing has.</summary>
    public async Task<string?> OutcomeOfAsync(QueueMessage message)
    {
        var webhook = WebhookEnvelope.FromJson(message.Body);
        var months = new MonthlyTables(Tables, ProcessedWebhooks.TablePrefix);

        // One that was received on both sides of the end of a month is done with on one of them.
        return await OutcomeInAsync(months.At(webhook.ReceivedAt)) ?? await OutcomeInAsync(months.At(webhook.ReceivedAt.AddMonths(-1)))
            ?? await OutcomeInAsync(months.At(webhook.ReceivedAt.AddMonths(1)));

        async Task<string?> OutcomeInAsync(ITable month) => (await month.GetAsync(Expiring.PartitionOf(webhook.Id), webhook.Id, Stop))?.Text("Outcome");
    }

    /// <summary>The failures.</summary>
    public Task<List<WebhookFailure>> ParkedAsync() =>
        Failures.ListAsync(new FailureQuery(Connection.ApplicationId), Stop).ToListAsync(Stop).AsTask();

    public ValueTask DisposeAsync() => _ownsDomain ? _domain.DisposeAsync() : ValueTask.CompletedTask;
}
