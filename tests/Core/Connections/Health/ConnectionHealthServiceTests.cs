using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Connections.Health;

public sealed class ConnectionHealthServiceTests : HealthTest
{
    private static readonly UpstreamResult Failure = UpstreamResult.Of("vendors.list", ScriptedSystem.Error(ErrorCode.SourceUnreachable));

    [Fact]
    public async Task What_is_stored_is_read_as_it_was()
    {
        var refused = UpstreamResult.Refused("vendors.list", new ApiException(ErrorCode.AuthenticationFailed, "No \"entry\" 🚫."));
        var written = HealthMachine.Next(
            new ConnectionHealth { Credentials = "second", ConsecutiveFailures = 3, FailingSince = Domain.Time.GetUtcNow() }, refused, Domain.Time.GetUtcNow());

        var stored = await Bench.Store.TryWriteAsync("app", Connection.Id, written, Stop);
        var read = await StoredAsync();

        Assert.Equivalent(stored, read, strict: true);
        Assert.Equivalent(read, (await Bench.Store.ListAsync("app", Stop))[Connection.Id], strict: true);
        Assert.Null(await Bench.Store.TryWriteAsync("app", Connection.Id, written, Stop));
    }

    [Fact]
    public async Task As_much_as_is_kept_fits_a_row()
    {
        var health = ConnectionHealth.Unknown;
        for (var n = 0; n < HealthMachine.MaxErrors; n++)
        {
            health = HealthMachine.Next(
                health, Failure with { Operation = $"purchase-orders.line-items.operation-{n}", Message = new string('\u0001', 1000) }, Domain.Time.GetUtcNow());
        }

        Assert.NotNull(await Bench.Store.TryWriteAsync("app", Connection.Id, health, Stop));
        Assert.Equal(HealthMachine.MaxErrors, (await StoredAsync()).Errors.Count);
    }

    [Fact]
    public async Task Two_processes_that_report_at_once_lose_nothing_and_tell_once()
    {
        var other = NewBench();
        await ReportAsync(Bench, Failure, Failure);
        var interrupted = false;
        Probe.BeforeWrite = async _ =>
        {
            if (!interrupted)
            {
                interrupted = true;
                await ReportAsync(other, Failure);
            }
        };

        await ReportAsync(Bench, Failure);

        Assert.Equal((4, ConnectionStatus.Degraded, 1), ((await StoredAsync()).ConsecutiveFailures, (await StoredAsync()).Status, (await StoredAsync()).Sequence));
        Assert.Single(Events.Appended.Select(e => e.Id).Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_the_event_and_the_state_tells_the_same_event_again(bool after)
    {
        await ReportAsync(Bench, Failure, Failure);
        Probe.CrashAt(1, after);
        await Assert.ThrowsAsync<CrashException>(() => ReportAsync(Bench, Failure));
        Probe.Reset();

        await ReportAsync(NewBench(), Failure);

        Assert.Equal(after ? 1 : 2, Events.Appended.Count);
        Assert.Single(Events.Appended.Select(e => e.Id).Distinct());
        Assert.Equal(ConnectionStatus.Degraded, (await StoredAsync()).Status);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_connection_that_is_gone()
    {
        await new ConnectionStore(Domain.Store.Tables).DeleteAsync("app", Connection.Id, Stop);

        await ReportAsync(Bench, Failure, Failure, Failure);

        Assert.Empty(await Bench.Store.ListAsync("app", Stop));
        Assert.Empty(Events.Appended);
    }

    [Fact]
    public async Task What_earlier_credentials_came_to_says_nothing()
    {
        await Bench.Service.ReconnectedAsync(Connection.Identity, "second");

        await Bench.Service.ReportAsync(Connection.Identity, null, [UpstreamResult.Refused("vendors.list", ScriptedSystem.Error(ErrorCode.AuthenticationFailed))]);

        Assert.Equal(ConnectionStatus.Online, (await StoredAsync()).Status);
    }

    [Fact]
    public async Task An_event_says_all_that_there_is_to_know()
    {
        await ReportAsync(Bench, Failure, Failure, Failure);

        var happened = Assert.Single(Events.Appended);
        var json = JsonElement.Parse(happened.Json.Span);
        Assert.Equal((EventType.ConnectionStatusChanged, "app", Connection.Id), (happened.Type, happened.ApplicationId, happened.ConnectionId));
        Assert.Equal((happened.Id, happened.Type), (json.GetProperty("id").GetString(), json.GetProperty("type").GetString()));
        Assert.Equal((Connection.Id, ScriptedSystem.Provider, 1), (json.GetProperty("connectionId").GetString(), json.GetProperty("provider").GetString(), json.GetProperty("sequence").GetInt32()));
        Assert.Equal(
            """{"status":"degraded","previousStatus":"online","since":"2026-11-24T12:00:00Z","reason":{"operation":"vendors.list","code":"SOURCE_UNREACHABLE","message":"It answers SOURCE_UNREACHABLE."}}""",
            json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Where_the_health_cannot_be_read_again_what_was_known_holds_on()
    {
        StoreIsDown();
        await Assert.ThrowsAsync<IOException>(async () => await Bench.Cache.GetAsync(Connection.Identity, Stop));
        Probe.Reset();
        await ReportAsync(NewBench(), Failure);
        Assert.Equal(1, (await Bench.Cache.GetAsync(Connection.Identity, Stop)).ConsecutiveFailures);

        StoreIsDown();
        Domain.Time.Advance(HealthCache.Lifetime);

        Assert.Equal(1, (await Bench.Cache.GetAsync(Connection.Identity, Stop)).ConsecutiveFailures);
        Assert.Equal(1, Probe.Reads);
    }

    private void StoreIsDown()
    {
        Probe.Reset();
        Probe.OnRead = () => throw new IOException("The store is down.");
    }

    private Task<ConnectionHealth> ReportAsync(HealthBench bench, params UpstreamResult[] results) => bench.Service.ReportAsync(Connection.Identity, null, results);
}
