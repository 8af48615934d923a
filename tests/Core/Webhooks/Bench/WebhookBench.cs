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
using Millwright.Core.Storage;
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
        Queue = new FakeQueue(domain.Time);
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

    public RecordChanges Changes => new(States, new EventPublisher(Feed, Deliveries, Time), Time);

    public Deliveries Deliveries => new(
        new EndpointCache(new EndpointStore(Tables), Time),
        new DeliveryLog(Tables, Blobs, Time),
        new SampleEvents(EntityModel.Default, _domain.Ids, Time),
        Sender,
        Time);

    public WebhookSubscriptions Subscriptions => new(Vault, _domain.Ids, Time);

    public WebhookReceiver Receiver => ReceiverWith(Subscriptions);

    public WebhookProcessor Processor => new(
        Subscriptions,
        Processed,
        new RecordObserver(Source, new ConnectedSystems(Source, Vault, _domain.AccessTokens), EntityModel.Default, Changes, Blobs, Time),
        Changes,
        Failures,
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
    public async Task<bool> CrashAsync(QueueMessage message, int write, bool after)
    {
        Probe.CrashAt(write, after);
        try
        {
            await ProcessAsync(message);
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
        finally
        {
            Probe.Reset();
        }
    }

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

    /// <summary>All events there are, once they can be seen.</summary>
    public async Task<IReadOnlyList<SeenEvent>> EventsAsync()
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
        return events.ConvertAll(e => SeenEvent.Of(e, JsonSerializer.Deserialize<JsonElement>(e.Json.Span)));
    }

    /// <summary>What became of the webhook in this message; null while nothing has.</summary>
    public async Task<string?> OutcomeOfAsync(QueueMessage message)
    {
        var webhook = WebhookEnvelope.FromJson(message.Body);
        var table = new MonthlyTables(Tables, ProcessedWebhooks.TablePrefix).At(webhook.ReceivedAt);
        return (await table.GetAsync(Expiring.PartitionOf(webhook.Id), webhook.Id, Stop))?.Text("Outcome");
    }

    /// <summary>The failures.</summary>
    public Task<List<WebhookFailure>> ParkedAsync() =>
        Failures.ListAsync(new FailureQuery(Connection.ApplicationId), Stop).ToListAsync(Stop).AsTask();

    public ValueTask DisposeAsync() => _ownsDomain ? _domain.DisposeAsync() : ValueTask.CompletedTask;
}
