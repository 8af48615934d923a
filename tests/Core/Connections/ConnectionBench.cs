using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Health;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Connections;

/// <summary>What connects, reconnects and disconnects, in one process that does not poll.</summary>
internal sealed class ConnectionBench(DomainStore domain, HealthBench health, IConnectorCatalogue connectors, ConnectedSystems systems, IVault vault)
{
    public ConnectionBench(DomainStore domain, IConnectorCatalogue connectors, IVault vault)
        : this(domain, new HealthBench(domain), connectors, new HealthBench(domain).Systems(connectors, vault), vault)
    {
    }

    public ConnectedSystems Systems => systems;

    public ConnectionService Connections => new(
        connectors,
        new ConnectionStore(domain.Store.Tables),
        systems,
        health.Service,
        new Tokens(domain.Store.Tables, domain.Ids, domain.Time),
        new WebhookSubscriptions(vault, domain.Ids, domain.Time),
        Syncs,
        vault,
        AccessTokens,
        domain.Ids,
        domain.Time,
        NullLogger<ConnectionService>.Instance);

    public Reconnection Reconnection =>
        new(connectors, systems, health.Service, Syncs, AccessTokens, vault, domain.Ids, NullLogger<Reconnection>.Instance);

    private AccessTokenVault AccessTokens => new(vault, domain.Store.Tables, domain.Time, NullLogger<AccessTokenVault>.Instance);

    private SyncService Syncs => new(
        new SyncStore(domain.Store.Tables),
        new PollScheduler(new DueIndex(domain.Store.Tables), new FakeQueue(PollQueue.Definition, domain.Time), domain.Time, NullLogger<PollScheduler>.Instance),
        new SeenKeys(domain.Store.Blobs),
        connectors,
        new PollingOptions(ByDefault: false),
        domain.Time);
}
