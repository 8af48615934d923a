using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Timers;

public sealed class TimerFunctionTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_timer_fires_on_its_schedule_and_knows_its_state()
    {
        await using var app = await new TestApp(typeof(EveryFiveMinutes)).StartAsync();
        var first = await TickAsync(app);
        Assert.False(first.IsPastDue);
        Assert.Equal((default, Noon.AddMinutes(5)), (first.ScheduleStatus!.Last, first.ScheduleStatus.Next));
        app.Probe.OpenGate();

        var second = await TickAsync(app);
        Assert.Equal((Noon.AddMinutes(5), Noon.AddMinutes(10)), (second.ScheduleStatus!.Last, second.ScheduleStatus.Next));
        app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_call_that_outlasts_the_schedule_is_never_overlapped()
    {
        await using var app = await new TestApp(typeof(EveryFiveMinutes)).StartAsync();
        await TickAsync(app);
        app.Time.Advance(FiveMinutes * 2 + TimeSpan.FromMinutes(1));
        Assert.True(app.Probe.IsQuiet);
        app.Probe.OpenGate();

        // 12:16 now; the ticks of 12:10 and 12:15 are left out.
        await app.Time.WaitedForAsync(TimeSpan.FromMinutes(4));
        app.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(Noon.AddMinutes(20), (await app.Probe.NextAsync<TimerInfo>()).ScheduleStatus!.Next);
        app.Probe.OpenGate();
    }

    [Fact]
    public async Task A_run_that_was_missed_is_made_up_for_after_a_restart()
    {
        var tables = new InMemoryTables();
        await using (var before = await StartAsync(new TestApp(typeof(EveryFiveMinutes)), tables))
        {
            await TickAsync(before);
            before.Probe.OpenGate();
            await before.Time.WaitedForAsync(FiveMinutes);
        }

        var after = new TestApp(typeof(EveryFiveMinutes));
        after.Time.SetUtcNow(new DateTimeOffset(Noon.AddHours(1).AddMinutes(2)));
        await using (await StartAsync(after, tables))
        {
            var missed = await after.Probe.NextAsync<TimerInfo>();
            Assert.True(missed.IsPastDue);
            Assert.Equal((Noon.AddMinutes(5), Noon.AddMinutes(10)), (missed.ScheduleStatus!.Last, missed.ScheduleStatus.Next));
            after.Probe.OpenGate();
            await after.Time.WaitedForAsync(TimeSpan.FromMinutes(3));
            after.Time.Advance(TimeSpan.FromMinutes(3));
            Assert.False((await after.Probe.NextAsync<TimerInfo>()).IsPastDue);
            after.Probe.OpenGate();
        }
    }

    [Fact]
    public async Task A_run_cut_off_by_the_shutdown_is_past_due_after_a_restart()
    {
        var tables = new InMemoryTables();
        await using (var before = await StartAsync(new TestApp(typeof(EveryFiveMinutes)), tables))
        {
            await TickAsync(before);
            var stopping = before.Host.StopAsync(TestContext.Current.CancellationToken);
            await before.Time.WaitedForAsync(TimeSpan.FromSeconds(15));
            before.Time.Advance(TimeSpan.FromSeconds(15));
            await stopping;
        }

        var after = new TestApp(typeof(EveryFiveMinutes));
        after.Time.SetUtcNow(new DateTimeOffset(Noon.AddMinutes(6)));
        await using (await StartAsync(after, tables))
        {
            Assert.True((await after.Probe.NextAsync<TimerInfo>()).IsPastDue);
            after.Probe.OpenGate();
        }
    }

    [Fact]
    public async Task RunOnStartup_fires_at_once_and_an_unmonitored_timer_has_no_state()
    {
        await using var app = await new TestApp(typeof(OnStartup)) { LocalSettings = """{ "Values": { "Every": "00:10:00" } }""" }.StartAsync();
        var startup = await app.Probe.NextAsync<TimerInfo>();
        Assert.False(startup.IsPastDue);
        Assert.Null(startup.ScheduleStatus);
        await app.Time.WaitedForAsync(TimeSpan.FromMinutes(10));
        app.Time.Advance(TimeSpan.FromMinutes(10));
        await app.Probe.NextAsync<TimerInfo>();
    }

    [Fact]
    public async Task A_failed_call_is_retried_as_its_attribute_says_and_then_waits_for_the_next_tick()
    {
        await using var app = await new TestApp(typeof(Retrying)).StartAsync();
        await app.Time.WaitedForAsync(TimeSpan.FromHours(1));
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("0 of 2", await app.Probe.NextAsync());
        for (var retry = 1; retry <= 2; retry++)
        {
            await app.Time.WaitedForAsync(TimeSpan.FromSeconds(7));
            app.Time.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal($"{retry} of 2", await app.Probe.NextAsync());
        }

        await app.Time.WaitedForAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(14));
        Assert.True(app.Probe.IsQuiet);
    }

    [Fact]
    public async Task A_timer_runs_on_when_its_state_cannot_be_kept()
    {
        await using var app = await StartAsync(new TestApp(typeof(EveryFiveMinutes)), new InMemoryTables { Fails = true });
        await TickAsync(app);
        app.Probe.OpenGate();
        await TickAsync(app);
        app.Probe.OpenGate();
        Assert.Contains(app.Logs.Entries, e => e.Message.Contains("could not be written"));
    }

    [Fact]
    public async Task A_host_whose_trigger_fails_for_good_stops_rather_than_never_calling_the_function_again()
    {
        var tables = new InMemoryTables();
        await tables.TryInsertAsync(
            new TableRow("timers", "tick") { Properties = new Dictionary<string, object> { ["Schedule"] = "0 */5 * * * *" } },
            TestContext.Current.CancellationToken);
        await using var app = await StartAsync(new TestApp(typeof(EveryFiveMinutes)), tables);
        await app.Host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        Assert.Contains(app.Logs.Entries, e => e.Level == LogLevel.Critical);
    }

    private static async Task<TimerInfo> TickAsync(TestApp app)
    {
        await app.Time.WaitedForAsync(FiveMinutes);
        app.Time.Advance(FiveMinutes);
        return await app.Probe.NextAsync<TimerInfo>();
    }

    private static Task<TestApp> StartAsync(TestApp app, InMemoryTables tables) =>
        app.StartAsync(b => b.Services.AddSingleton<ITableStore>(tables));
}
