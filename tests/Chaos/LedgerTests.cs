using System.Text.Json;
using Millwright.Testing.App;

namespace Millwright.Chaos.Tests;

/// <summary>
/// A system sends webhooks three times over, late, out of order and forged, while Millwright is killed, its store is held up and the
/// system fails. Oracle: the ledger. What was answered with 200 is done with exactly once; each record ends at its highest version, its events in
/// order and none twice; what was refused is nowhere; the queues run empty; what was parked can be replayed.
/// </summary>
/// <remarks>The number of webhooks is the environment variable CHAOS_WEBHOOKS, 2,000 by default; the seed is CHAOS_SEED.</remarks>
public sealed class LedgerTests(ITestOutputHelper output)
{
    private const int StepsPerTrouble = 400;
    private const int KillsWhileDraining = 3;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_reconciles()
    {
        var script = new Script(Settings.Number("CHAOS_WEBHOOKS", 2_000), Settings.Number("CHAOS_SEED", 1));
        await using var system = await ChangingSystem.StartAsync(Cancel);
        await using var app = await MillwrightApp.StartAsync(("Webhooks__MaxAttempts", "3"), ("AzureFunctionsJobHost__logging__logLevel__default", "Warning"));
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync("sandbox", system.Credentials);
        var (connection, secret) = await SubscribeAsync(application);
        using var sender = new Sender(new Uri(app.Address, $"/api/webhooks/{connection}"), secret, system);

        await RunAsync(script, system, app, sender);
        await QueueWatch.DrainAsync(app, DrainLimit);
        await OutageAsync(script, system, app, sender);
        await ReplayAsync(application, connection, app);

        var events = await Feed.ReadAsync(application, Cancel);
        var versions = await system.VersionsAsync(Cancel);
        var ledger = new Ledger(script, connection, sender, events);
        ledger.EveryWebhookWasAccepted();
        ledger.EveryForgeryWasRefused();
        ledger.NoEventCameTwice();
        ledger.EveryRecordsEventsAreInOrder();
        ledger.EveryRecordEndsAtItsHighestVersion(system, versions);
        await app.KillAsync();
        output.WriteLine(await ledger.EveryWebhookIsDoneWithAsync(app.DatabasePath, Cancel));
    }

    private static async Task<(string Connection, string Secret)> SubscribeAsync(ApiClient application)
    {
        var connection = (await application.GetAsync("/api/system/connections")).Data[0].GetProperty("key").GetString()!;
        var secret = (await application.PostAsync($"/api/system/connections/{connection}/webhook/secrets", new { })).Data.GetProperty("secret").GetString()!;
        return (connection, secret);
    }

    private async Task RunAsync(Script script, ChangingSystem system, MillwrightApp app, Sender sender)
    {
        var trouble = new Trouble(app, system);
        foreach (var (index, step) in script.Steps.Index())
        {
            if (index % StepsPerTrouble == 0)
            {
                trouble.Begin();
            }

            if (!step.IsChange)
            {
                await sender.BeginAsync(step.Change, Cancel);
            }
            else if (step.Change.Kind == WebhookKind.Thin)
            {
                await system.ApplyAsync(step.Change, Cancel);
            }
        }

        await sender.FinishAsync();
        await trouble.EndAsync();

        // All is accepted, much of it still waits.
        for (var kill = 0; kill < KillsWhileDraining; kill++)
        {
            await app.KillAsync();
            await app.StartAsync();
        }

        await system.RecoverAsync(Cancel);
        output.WriteLine($"{string.Join(", ", trouble.Done.Select(t => $"{t.Key}: {t.Value}"))}, kill while draining: {KillsWhileDraining}");
    }

    // The system is down for longer than a webhook is tried: each is parked.
    private async Task OutageAsync(Script script, ChangingSystem system, MillwrightApp app, Sender sender)
    {
        foreach (var change in script.Outage)
        {
            await system.ApplyAsync(change, Cancel);
        }

        await system.FailAsync(0, 1_000, Cancel);
        foreach (var change in script.Outage)
        {
            await sender.BeginAsync(change, Cancel);
        }

        await sender.FinishAsync();
        await QueueWatch.DrainAsync(app, DrainLimit);
        await system.RecoverAsync(Cancel);
    }

    // What failed three times by the system's fault applies when it is replayed; what cannot be read stays parked.
    private async Task ReplayAsync(ApiClient application, string connection, MillwrightApp app)
    {
        var failed = (await application.GetAsync("/api/system/webhooks/failures?state=parked&per_page=1000")).Expect(200).GetProperty("data").EnumerateArray()
            .GroupBy(failure => failure.GetProperty("code").GetString()).ToDictionary(g => g.Key!, g => g.Count(), StringComparer.Ordinal);
        Assert.Contains(failed.Keys, code => code.StartsWith("SOURCE_", StringComparison.Ordinal));
        var replayed = (await application.PostAsync("/api/system/webhooks/failures/replay", new { connection })).Data.GetProperty("replayed").GetInt32();
        Assert.Equal(failed.Values.Sum(), replayed);
        output.WriteLine($"replayed: {string.Join(", ", failed.Select(f => $"{f.Key}: {f.Value}"))}");
        await QueueWatch.DrainAsync(app, DrainLimit);
        var parked = (await application.GetAsync("/api/system/webhooks/failures?state=parked&per_page=1000")).Expect(200).GetProperty("data").EnumerateArray().ToList();
        Assert.All(parked, failure => Assert.Equal("UNREADABLE_WEBHOOK", failure.GetProperty("code").GetString()));
        var replaying = (await application.GetAsync("/api/system/webhooks/failures?state=replaying")).Expect(200).GetProperty("data");
        Assert.Equal(JsonValueKind.Array, replaying.ValueKind);
        Assert.Empty(replaying.EnumerateArray());
    }
}
