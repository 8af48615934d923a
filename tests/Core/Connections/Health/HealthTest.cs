using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Events;

namespace Millwright.Core.Tests.Connections.Health;

/// <summary>A connection to a scripted system, on the embedded store under a probe.</summary>
public abstract class HealthTest : IAsyncLifetime
{
    private readonly DomainStore _domain = new();

    protected HealthTest()
    {
        Vault = new ProbedVault(_domain.Store.Vault, new Probe());
        Bench = NewBench();
        Systems = Bench.Systems(System, Vault);
    }

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal Connection Connection { get; } = new("0123456789abcdef0123456789abcdef", "app", ScriptedSystem.Provider, "Acme", "ops@acme.example", DateTimeOffset.UnixEpoch);

    internal ScriptedSystem System { get; } = new();

    internal RecordedEvents Events { get; } = new();

    internal Probe Probe { get; } = new();

    internal ProbedVault Vault { get; }

    internal HealthBench Bench { get; }

    internal ConnectedSystems Systems { get; }

    internal DomainStore Domain => _domain;

    internal IEnumerable<string> EventTypes => Events.Appended.Select(e => e.Type);

    public async ValueTask InitializeAsync()
    {
        await new ConnectionStore(_domain.Store.Tables).AddAsync(Connection, Stop);
        await Vault.SetAsync(ConnectedSystems.SecretName(Connection.Id), """{"user":"first"}""", Stop);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _domain.DisposeAsync();
    }

    /// <summary>Another process.</summary>
    internal HealthBench NewBench() => new(new ProbedTables(_domain.Store.Tables, Probe), _domain.Time, Events);

    internal Task<ConnectionHealth> StoredAsync() => Bench.Store.GetAsync(Connection.ApplicationId, Connection.Id, Stop);

    internal async Task CallAsync(ConnectedSystems? systems = null, CancellationToken? stop = null)
    {
        var system = await (systems ?? Systems).GetAsync(Connection.Identity, Stop);
        await system.ExecuteAsync(new EntityRequest(EntityModel.Default.Find(ScriptedSystem.Entity)!, "list"), stop ?? Stop);
    }

    internal async Task<ErrorCode> FailAsync(ConnectedSystems? systems = null) => (await Assert.ThrowsAsync<ApiException>(() => CallAsync(systems))).Code;

    internal static JsonElement DataOf(Core.Events.FeedEvent happened) => JsonElement.Parse(happened.Json.Span).GetProperty("data");
}
