using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Connections.Health;

public sealed class ReconnectionTests : HealthTest
{
    private static readonly Dictionary<string, string> Second = new(StringComparer.Ordinal) { ["user"] = "second" };

    private Reconnection Reconnection => Reconnecting(Bench, Systems);

    [Fact]
    public async Task New_credentials_mend_the_connection_at_once_and_the_old_ones_are_deleted()
    {
        await RefuseFirstAsync();

        var health = await Reconnection.ReconnectAsync(Connection, Second, Stop);

        Assert.Equal(ConnectionStatus.Online, health.Status);
        await CallAsync();
        Assert.Equal("second", System.Opened[^1]["user"]);
        Assert.Null(await Vault.GetAsync(ConnectedSystems.SecretName(Connection.Id), Stop));
        var mended = DataOf(Events.Appended[^1]);
        Assert.Equal(
            ("online", "reauthorization_required"), (mended.GetProperty("status").GetString(), mended.GetProperty("previousStatus").GetString()));
        Assert.Equal(3, Events.Appended.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_same_credentials_may_be_given_again()
    {
        await RefuseFirstAsync();
        var first = new Dictionary<string, string>(StringComparer.Ordinal) { ["user"] = "first" };

        await Reconnection.ReconnectAsync(Connection, first, Stop);

        await CallAsync();
    }

    [Fact]
    public async Task Refused_credentials_change_nothing()
    {
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Reconnection.ReconnectAsync(Connection, Second, Stop));

        Assert.Equal(ErrorCode.AuthenticationFailed, refusal.Code);
        Assert.Equal(0, Probe.Writes);
        Assert.NotNull(await Vault.GetAsync(ConnectedSystems.SecretName(Connection.Id), Stop));
    }

    [Fact]
    public async Task Credentials_are_never_completed_from_those_before()
    {
        await Vault.SetAsync(ConnectedSystems.SecretName(Connection.Id), """{"user":"first","password":"old"}""", Stop);

        var wrong = await Assert.ThrowsAsync<ApiException>(
            () => Reconnection.ReconnectAsync(Connection, new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = "new" }, Stop));
        await Reconnection.ReconnectAsync(Connection, Second, Stop);
        await CallAsync();

        Assert.Equal("credentials.user", Assert.Single(wrong.Details).Field);
        Assert.Equal(["user"], System.Opened[^1].Keys);
    }

    /// <summary>A process that goes on with what its caches say must not find the new credentials refused, for it sends the old ones.</summary>
    [Fact]
    public async Task Another_process_takes_the_new_credentials_and_never_blames_them_for_the_old_ones()
    {
        var other = NewBench();
        var elsewhere = other.Systems(System, Vault);
        await CallAsync(elsewhere);
        System.OnProof = () => Task.CompletedTask;
        await Reconnection.ReconnectAsync(Connection, Second, Stop);

        await CallAsync(elsewhere);

        Assert.Equal("second", System.Opened[^1]["user"]);
    }

    [Fact]
    public async Task A_client_that_is_still_under_way_with_the_old_credentials_does_not_break_the_new_ones()
    {
        var old = await Systems.GetAsync(Connection.Identity, Stop);
        await Reconnection.ReconnectAsync(Connection, Second, Stop);
        RefuseAll();

        await Assert.ThrowsAsync<ApiException>(() => old.ProveAsync(Stop));

        Assert.Equal(ConnectionStatus.Online, (await StoredAsync()).Status);
        System.OnCall = _ => Task.CompletedTask;
        await CallAsync();
    }

    [Fact]
    public async Task Of_two_reconnections_at_once_the_later_one_holds_and_no_secret_is_left()
    {
        var inner = false;
        Probe.BeforeWrite = async _ =>
        {
            if (!inner)
            {
                inner = true;
                var other = NewBench();
                await Reconnecting(other, other.Systems(System, Vault))
                    .ReconnectAsync(Connection, new Dictionary<string, string>(StringComparer.Ordinal) { ["user"] = "third" }, Stop);
            }
        };

        await Reconnection.ReconnectAsync(Connection, Second, Stop);
        await CallAsync();

        Assert.Equal("second", System.Opened[^1]["user"]);
        Assert.Single(Vault.Names);
    }

    [Fact]
    public async Task A_connection_that_was_taken_away_meanwhile_is_not_found_and_no_secret_is_left()
    {
        System.OnProof = () => new ConnectionStore(Domain.Store.Tables).DeleteAsync("app", Connection.Id, Stop);
        await Vault.DeleteAsync(ConnectedSystems.SecretName(Connection.Id), Stop);

        var gone = await Assert.ThrowsAsync<ApiException>(() => Reconnection.ReconnectAsync(Connection, Second, Stop));

        Assert.Equal(ErrorCode.ConnectionNotFound, gone.Code);
        Assert.Empty(Vault.Names);
    }

    [Fact]
    public async Task Disconnecting_takes_the_present_credentials_and_the_health_along()
    {
        await Reconnection.ReconnectAsync(Connection, Second, Stop);
        var connections = new ConnectionBench(Domain, Bench, System, Systems, Vault).Connections;

        await connections.DisconnectAsync(Connection, Stop);

        Assert.Empty(Vault.Names);
        Assert.Empty(await Bench.Store.ListAsync("app", Stop));
        Assert.Equal(ErrorCode.AuthenticationFailed, await FailAsync());
    }

    private Reconnection Reconnecting(HealthBench bench, ConnectedSystems systems) =>
        new ConnectionBench(Domain, bench, System, systems, Vault).Reconnection;

    private async Task RefuseFirstAsync()
    {
        RefuseAll();
        await FailAsync();
        Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync());
        System.OnCall = _ => Task.CompletedTask;
        System.OnProof = () => Task.CompletedTask;
    }

    private void RefuseAll()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
    }
}
