using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Identity;
using Millwright.Core.Outbound;
using Millwright.Core.Storage;
using Millwright.Embedded;

namespace Millwright.Core.Tests.Events;

/// <summary>All that delivers events, on an embedded store of its own, with an endpoint that answers as the test says.</summary>
public sealed class DeliveryDomain : IAsyncDisposable
{
    public const string Application = "application-1";
    public const string Url = "https://93.184.215.14/hook";

    // Only a failing test waits this long: a guard against hanging, not a bound on speed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("millwright-deliveries-").FullName;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly EndpointClient _client;
    private int _sentinels;

    public DeliveryDomain()
    {
        Store = EmbeddedStore.Open(
            new EmbeddedOptions { Path = Path.Combine(_folder, "store.db"), Queues = [Deliveries.Queue] }, Time, _random, NullLogger<EmbeddedStore>.Instance);
        Sender = new UnreliableSender(Store.Sender);
        var guard = new OutboundGuard(allowPrivate: false, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14")]));
        var ids = new Ids(Time, _random);
        var types = new EventTypes(EntityModel.Default);
        Endpoints = new EndpointStore(Store.Tables);
        Cache = new EndpointCache(Endpoints, Time);
        Log = new DeliveryLog(Store.Tables, Store.Blobs, Time);
        Deliveries = new Deliveries(Cache, Log, new SampleEvents(EntityModel.Default, ids, Time), Sender, Time);
        var secrets = new EndpointSecrets(Store.Vault, ids, Time);
        Service = new EndpointService(
            Endpoints, Cache, new EndpointChecks(types, new ConnectionStore(Store.Tables), guard), secrets, ids, Time, NullLogger<EndpointService>.Instance);
        _client = new EndpointClient(Receiver, guard, secrets, Time);
        Health = new EndpointHealth(Endpoints, Cache, Events, Time, NullLogger<EndpointHealth>.Instance);
        Worker = new DeliveryWorker(Deliveries, Log, Endpoints, _client, Health, Time, () => 0, NullLogger<DeliveryWorker>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public EmbeddedStore Store { get; }

    public UnreliableSender Sender { get; }

    public StubReceiver Receiver { get; } = new();

    public RecordedEvents Events { get; } = new();

    public EndpointStore Endpoints { get; }

    public EndpointCache Cache { get; }

    public EndpointService Service { get; }

    public EndpointHealth Health { get; }

    public DeliveryLog Log { get; }

    public Deliveries Deliveries { get; }

    public DeliveryWorker Worker { get; }

    public static FeedEvent Event(string id, DateTimeOffset at, string type = "purchase-orders.updated", string? connection = "connection-1", int size = 0) => new(
        id, type, at, Application, connection, Encoding.UTF8.GetBytes($$$"""{"id":"{{{id}}}","type":"{{{type}}}","data":{"title":"{{{new string('x', size)}}}"}}"""));

    /// <summary>An endpoint for every event.</summary>
    public async Task<(EventEndpoint Endpoint, string Secret)> MakeEndpointAsync(string url = Url, params string[] types) => await Service.CreateAsync(
        Application, EndpointSettings.Default with { Url = url, Types = types is [] ? ["*"] : types }, TestContext.Current.CancellationToken);

    /// <summary>Sends an event on its way that happens now.</summary>
    public async Task<FeedEvent> HappenAsync(string id = "event-1", int size = 0)
    {
        var happened = Event(id, Time.GetUtcNow(), size: size);
        await Deliveries.EnqueueAsync(happened, TestContext.Current.CancellationToken);
        return happened;
    }

    /// <summary>The message that is due.</summary>
    public Task<QueueDelivery> ReceiveAsync() =>
        Store.Receiver.ReceiveAsync(Deliveries.QueueName, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Handles the message that is due, as a trigger does.</summary>
    public async Task HandleNextAsync()
    {
        var message = await ReceiveAsync();
        await Worker.HandleAsync(message.Message.Body, TestContext.Current.CancellationToken);
        await CompleteAsync(message);
    }

    /// <summary>Completes a message.</summary>
    public async Task CompleteAsync(QueueDelivery message) => Assert.True(await Store.Receiver.CompleteAsync(message, TestContext.Current.CancellationToken));

    /// <summary>Shows that no message is due: one that is sent now is the next.</summary>
    public async Task NothingDueAsync()
    {
        var sentinel = $"sentinel-{++_sentinels}";
        await Store.Sender.SendAsync(Deliveries.QueueName, new QueueMessage(sentinel, "{}"), TestContext.Current.CancellationToken);
        var next = await ReceiveAsync();
        Assert.Equal(sentinel, next.Message.MessageId);
        await CompleteAsync(next);
    }

    /// <summary>The endpoint's deliveries, the newest first.</summary>
    public async Task<List<DeliveryRecord>> ListAsync(EventEndpoint endpoint) =>
        await Log.ListAsync(endpoint.Id, null, 1000, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>The endpoint as it is stored now.</summary>
    public async Task<EventEndpoint> ReadAsync(EventEndpoint endpoint) =>
        (await Endpoints.FindAsync(Application, endpoint.Id, TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Store.DisposeAsync();
        _random.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
