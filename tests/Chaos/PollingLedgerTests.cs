using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Chaos.Tests;

/// <summary>
/// Three in ten webhooks of a system are lost, the others come late, twice or out of order, while polling makes up for them and Millwright is
/// killed. Oracle: the system itself. Each record's last event is what it has in the end; none is lost, none comes twice.
/// </summary>
/// <remarks>The number of changes is the environment variable CHAOS_CHANGES, 400 by default; the seed is CHAOS_SEED.</remarks>
public sealed class PollingLedgerTests(ITestOutputHelper output)
{
    private const int ChangesPerKill = 90;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("thin")]
    [InlineData("fat")]
    public async Task What_webhooks_miss_is_in_the_feed_once(string body)
    {
        await using var system = await SandboxChanges.StartAsync(Settings.Number("CHAOS_SEED", 1), Cancel);
        await using var app = await MillwrightApp.StartAsync(("AzureFunctionsJobHost__logging__logLevel__default", "Warning"));
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync("sandbox", system.Credentials);
        var polled = new PolledConnection(application, customer, "vendors", "work-orders");
        await polled.ConfigureAsync();
        await polled.SyncAsync();
        await SubscribeAsync(application, customer, system, body);

        await ChangeAsync(system, app, polled);
        var webhooks = await system.UntilSentAsync(Cancel);
        await QueueWatch.DrainAsync(app, TimeSpan.FromMinutes(5));
        await polled.SyncAsync();

        var events = await polled.RecordEventsAsync();
        var bySource = events.GroupBy(e => e.GetProperty("source").GetString()!).ToDictionary(g => g.Key, g => g.Count());
        output.WriteLine($"{events.Count} events ({string.Join(", ", bySource.Select(s => $"{s.Key}: {s.Value}"))}); webhooks {webhooks}");
        await polled.ReconcileAsync(events, "erp", "vendors", system.Vendors);
        await polled.ReconcileAsync(events, "eam", "work-orders", system.WorkOrders);

        // Both ways were really used.
        Assert.True(webhooks.GetProperty("dropped").GetInt32() > 0);
        Assert.True(bySource.GetValueOrDefault("poll") > 0 && bySource.GetValueOrDefault("webhook") > 0);
    }

    private static async Task SubscribeAsync(ApiClient application, ApiClient customer, SandboxChanges system, string body)
    {
        var key = (await customer.GetAsync("/api/integrations/current")).Data.GetProperty("id").GetString();
        var secret = (await application.PostAsync($"/api/system/connections/{key}/webhook/secrets", new { })).Data;
        await system.SendWebhooksAsync(new Uri(secret.GetProperty("url").GetString()!), secret.GetProperty("secret").GetString()!, body);
    }

    private static async Task ChangeAsync(SandboxChanges system, MillwrightApp app, PolledConnection polled)
    {
        using var end = new CancellationTokenSource();
        var polling = polled.PollUntilAsync(end.Token);
        for (var made = 1; made <= Settings.Number("CHAOS_CHANGES", 400); made++)
        {
            await system.ChangeAsync();
            await Task.Delay(10, Cancel);
            if (made % ChangesPerKill == 0)
            {
                await app.KillAsync();
                await app.StartAsync();
            }
        }

        await end.CancelAsync();
        await polling;
    }
}
