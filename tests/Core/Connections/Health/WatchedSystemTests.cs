using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Connections.Health;

public sealed class WatchedSystemTests : HealthTest
{
    [Fact]
    public async Task A_healthy_connection_costs_one_read_in_half_a_minute_and_no_write()
    {
        for (var n = 0; n < 100; n++)
        {
            await CallAsync();
        }

        Assert.Equal((1, 0), (Probe.Reads, Probe.Writes));
        Domain.Time.Advance(HealthCache.Lifetime);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CallAsync()));
        Assert.Equal((2, 0), (Probe.Reads, Probe.Writes));
    }

    [Fact]
    public async Task Refused_credentials_are_proved_once_and_then_no_call_is_sent()
    {
        RefuseAll();

        Assert.Equal(ErrorCode.AuthenticationFailed, await FailAsync());
        Assert.Equal((1, 1), (System.Requests, System.Proofs));
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync());
            Domain.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal((1, 1), (System.Requests, System.Proofs));
        Assert.Equal([EventType.ConnectionStatusChanged, EventType.ConnectionReauthorizationRequired], EventTypes);
        Assert.Equal(("purchase-orders.list", "AUTHENTICATION_FAILED"), ((await StoredAsync()).Reason!.Operation, (await StoredAsync()).Reason!.Code));
    }

    [Fact]
    public async Task Of_a_hundred_calls_at_once_only_those_are_refused_that_were_under_way()
    {
        var release = new TaskCompletionSource();
        System.OnCall = async _ =>
        {
            await release.Task;
            throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        };
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);

        var calls = Enumerable.Range(0, 100).Select(_ => FailAsync()).ToList();
        release.SetResult();
        var codes = await Task.WhenAll(calls);

        Assert.InRange(System.Requests, 1, ScriptedSystem.Turns);
        Assert.Equal(1, System.Proofs);
        Assert.Equal(System.Requests, codes.Count(code => code == ErrorCode.AuthenticationFailed));
        Assert.Equal(100 - System.Requests, codes.Count(code => code == ErrorCode.ReauthorizationRequired));
        Assert.Equal(2, Events.Appended.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task Requests_wait_while_the_credentials_are_proved_and_go_on_where_they_hold()
    {
        var proved = new TaskCompletionSource();
        var refusals = 1;
        System.OnCall = _ => refusals-- > 0 ? throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed) : Task.CompletedTask;
        System.OnProof = () => proved.Task;

        var refused = FailAsync();
        var calls = Enumerable.Range(0, 10).Select(_ => CallAsync()).ToList();
        Assert.Equal(1, System.Requests);
        proved.SetResult();

        Assert.Equal(ErrorCode.AuthenticationFailed, await refused);
        await Task.WhenAll(calls);
        Assert.Equal((11, 1), (System.Requests, System.Proofs));
        Assert.Equal(ConnectionStatus.Online, (await StoredAsync()).Status);
    }

    [Fact]
    public async Task A_refusal_of_one_entity_only_stops_nothing_and_is_not_proved_for_each_call()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);

        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(ErrorCode.AuthenticationFailed, await FailAsync());
        }

        Assert.Equal((5, 1), (System.Requests, System.Proofs));
        Assert.Equal("AUTHENTICATION_FAILED", Assert.Single((await StoredAsync()).Errors).Code);
        Assert.Empty(Events.Appended);
        Domain.Time.Advance(CredentialProof.Validity);
        await FailAsync();
        Assert.Equal(2, System.Proofs);
    }

    [Fact]
    public async Task A_proof_that_could_not_be_made_stops_nothing_and_is_made_again()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.SourceTimeout);
        await FailAsync();
        Assert.Empty(Events.Appended);

        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        Assert.Equal(ErrorCode.AuthenticationFailed, await FailAsync());

        Assert.Equal(2, System.Proofs);
        Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync());
    }

    [Fact]
    public async Task Another_process_learns_of_it_within_half_a_minute()
    {
        var other = NewBench().Systems(System, Vault);
        await CallAsync(other);
        RefuseAll();
        await FailAsync();

        Domain.Time.Advance(HealthCache.Lifetime);

        Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync(other));
        Assert.Equal(2, System.Requests);
    }

    [Fact]
    public async Task Failures_are_counted_and_told_under_the_operation_that_met_them()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.SourceTimeout);
        var orders = EntityModel.Default.Find(ScriptedSystem.Entity)!;
        var system = await Systems.GetAsync(Connection.Identity, Stop);

        await Assert.ThrowsAsync<ApiException>(() => system.ExecuteAsync(new EntityRequest(orders, "get"), Stop));
        await Assert.ThrowsAsync<ApiException>(() => system.FindByReferenceAsync(orders, "mw-1", Stop));
        await Assert.ThrowsAsync<ApiException>(() => system.ScanAsync(new ScanRequest(orders), Stop));

        Assert.Equal(
            ["purchase-orders.scan", "purchase-orders.find-by-reference", "purchase-orders.get"], (await StoredAsync()).Errors.Select(e => e.Operation));
        Assert.Equal("degraded", DataOf(Assert.Single(Events.Appended)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_the_caller_cancelled_is_no_result()
    {
        using var cancelled = new CancellationTokenSource();
        System.OnCall = stop => Task.Delay(Timeout.Infinite, stop);
        var call = CallAsync(stop: cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(0, Probe.Writes);
    }

    [Fact]
    public async Task A_proof_by_the_client_is_watched_too()
    {
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        var system = await Systems.GetAsync(Connection.Identity, Stop);

        await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(Stop));

        Assert.Equal(ErrorCode.ReauthorizationRequired, (await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(Stop))).Code);
        Assert.Equal(CredentialProof.Operation, (await StoredAsync()).Reason!.Operation);
    }

    [Fact]
    public async Task A_store_that_is_down_changes_no_answer_that_the_system_gave()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.SourceTimeout);
        await FailAsync();
        StoreIsDown();

        Assert.Equal(ErrorCode.SourceTimeout, await FailAsync());
        System.OnCall = _ => Task.CompletedTask;
        await CallAsync();

        Probe.Reset();
        Assert.Equal(1, (await StoredAsync()).ConsecutiveFailures);
    }

    [Fact]
    public async Task Refused_credentials_stop_calls_even_if_that_cannot_be_stored_and_it_is_told_later()
    {
        await CallAsync();
        StoreIsDown();
        RefuseAll();

        Assert.Equal(ErrorCode.AuthenticationFailed, await FailAsync());
        Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync());
        Assert.Equal(ConnectionStatus.Online, (await StoredAsync()).Status);
        Probe.Reset();
        Assert.Equal(ErrorCode.ReauthorizationRequired, await FailAsync());

        Assert.Equal((2, 1), (System.Requests, System.Proofs));
        Assert.Equal(ConnectionStatus.ReauthorizationRequired, (await StoredAsync()).Status);
        Assert.Contains(EventType.ConnectionReauthorizationRequired, EventTypes);
    }

    [Fact]
    public async Task The_measurements_name_the_new_status_and_count_what_was_not_sent()
    {
        using var metrics = new Metrics("connections");
        RefuseAll();

        await FailAsync();
        await FailAsync();

        Assert.Equal([("reauthorization_required", 1.0)], metrics.Of("status_changes"));
        Assert.Equal([(null, 1.0)], metrics.Of("calls_refused"));
    }

    private void RefuseAll()
    {
        System.OnCall = _ => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
        System.OnProof = () => throw ScriptedSystem.Error(ErrorCode.AuthenticationFailed);
    }

    private void StoreIsDown() => Probe.BeforeWrite = _ => throw new IOException("The store is down.");
}
