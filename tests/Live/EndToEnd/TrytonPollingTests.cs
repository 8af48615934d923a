using System.Text.Json;
using Millwright.Live.Tests.Tryton;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Live.Tests.EndToEnd;

/// <summary>
/// Tryton has no webhooks. Two hundred changes are made by its own JSON-RPC while Millwright polls and is killed. Oracle: Tryton itself; the last
/// event of each record is what it has in the end, no event comes twice, and none is of anything that was not done.
/// </summary>
[Collection<Alone>]
public sealed class TrytonPollingTests(ITestOutputHelper output)
{
    private const int Changes = 200;
    private const int VendorsBefore = 60;
    private const int ChangesPerKill = 35;

    [Fact]
    public async Task Every_change_ends_up_in_the_feed_once()
    {
        await using var app = await MillwrightApp.StartAsync();
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync("tryton", RealTryton.System.Credentials);
        var polled = new PolledConnection(application, customer, "purchase-orders", "vendors");
        var changes = new TrytonChanges(seed: (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000));
        for (var i = 0; i < VendorsBefore; i++)
        {
            await changes.CreateVendorAsync();
        }

        await polled.ConfigureAsync();
        await polled.SyncAsync();
        await ChangeAsync(changes, app, polled);
        await polled.SyncAsync();

        var events = await polled.RecordEventsAsync();
        output.WriteLine($"{events.Count} events of {string.Join(", ", changes.Made.Select(m => $"{m.Key}: {m.Value}"))}");
        await polled.ReconcileAsync(events, "erp", "vendors", changes.ChangedVendors);
        await polled.ReconcileAsync(events, "erp", "purchase-orders", changes.Orders);
        Assert.Empty(events.Select(NameOf).OfType<string>().Except(changes.Names));
    }

    private static string? NameOf(JsonElement e) =>
        e.GetProperty("entity").GetString() == "vendors" && e.GetProperty("data") is { ValueKind: JsonValueKind.Object } vendor ? vendor.GetProperty("name").GetString() : null;

    private static async Task ChangeAsync(TrytonChanges changes, MillwrightApp app, PolledConnection polled)
    {
        using var end = new CancellationTokenSource();
        var polling = polled.PollUntilAsync(end.Token);
        for (var made = 1; made <= Changes; made++)
        {
            await changes.ChangeAsync();
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
