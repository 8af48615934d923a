using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Health;
using Millwright.Core.Events;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Events;

namespace Millwright.Core.Tests.Connections;

/// <summary>One process's view of the health of connections: a cache and a service of its own, on tables that others may share.</summary>
internal sealed class HealthBench(ITableStore tables, TimeProvider time, IEventLog events)
{
    public HealthBench(DomainStore domain)
        : this(domain.Store.Tables, domain.Time, new RecordedEvents())
    {
    }

    public ConnectionHealthStore Store { get; } = new(tables);

    public HealthCache Cache => field ??= new HealthCache(Store, time, NullLogger<HealthCache>.Instance);

    public ConnectionHealthService Service => field ??=
        new ConnectionHealthService(Store, new ConnectionStore(tables), Cache, events, time, NullLogger<ConnectionHealthService>.Instance);

    /// <summary>The clients of connected systems.</summary>
    public ConnectedSystems Systems(IConnectorCatalogue connectors, IVault vault) =>
        new(connectors, vault, new AccessTokenVault(vault, tables, time, NullLogger<AccessTokenVault>.Instance), Cache, Service, time, NullLogger<ConnectedSystems>.Instance);
}
