using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>The sandbox when it fails, on a clock of the test's.</summary>
public sealed class SandboxFaultTests
{
    private static readonly EntityType Vendors = SandboxFixture.Entity("vendors");

    [Fact]
    public async Task A_write_whose_answer_is_held_back_times_out_and_is_then_found()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"hold_answers":true}""");
        var time = new WatchedTime();
        await using var system = sandbox.Open("sandbox-test", TestRuntime.At(time));

        var create = system.ExecuteAsync(
            new EntityRequest(Vendors, "create") { Body = JsonSerializer.Deserialize<JsonElement>("""{"name":"Held"}"""), Reference = "held-1" }, TestContext.Current.CancellationToken);
        await sandbox.WrittenAsync("v1/vendors?external_ref=held-1");
        time.Advance(TimeSpan.FromSeconds(30));
        var error = await Assert.ThrowsAsync<ApiException>(() => create);

        Assert.Equal(ErrorCode.SourceTimeout, error.Code);
        Assert.True(error.OutcomeUnknown);
        Assert.NotNull(await system.FindByReferenceAsync(Vendors, "held-1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_read_waits_as_long_as_the_source_asks()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"rate_limit":{"next":1,"retry_after":7}}""");
        var time = new WatchedTime();
        await using var system = sandbox.Open("sandbox-test", TestRuntime.At(time));

        var list = system.ExecuteAsync(new EntityRequest(Vendors, "list") { Query = ListQuery.Everything }, TestContext.Current.CancellationToken);
        await time.WaitOf(TimeSpan.FromSeconds(7));
        Assert.False(list.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(25, (await list).Total);
    }

    [Fact]
    public async Task A_read_that_keeps_failing_is_the_sources_failure_after_its_repetitions()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"errors":{"next":100,"status":500}}""");

        var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync("vendors"));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.False(error.OutcomeUnknown);
        Assert.Equal(4, (int?)(await sandbox.StatsAsync())["total"]);
    }

    [Fact]
    public async Task A_status_whose_answer_was_lost_is_set_by_asking_again()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var order = (await sandbox.ListAsync("work-orders", [("statusKey", FilterOperator.Equal, ["open"])])).Records[0]!;
        await sandbox.FaultAsync("""{"drop_answers":{"next":1}}""");

        var lost = await Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync("work-orders", "set-status", (string?)order["key"], """{"statusKey":"on_hold"}"""));
        var again = await sandbox.DoAsync("work-orders", "set-status", (string?)order["key"], """{"statusKey":"on_hold"}""");

        Assert.True(lost.OutcomeUnknown);
        Assert.Equal("on_hold", (string?)again!["statusKey"]);
    }
}
