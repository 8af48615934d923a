using System.Text.Json;
using Millwright.Bench.Webhooks.Load;
using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Millwright as its user starts it, in a folder of its own on the embedded store, with its Sandbox connected.</summary>
/// <remarks>It works off what it accepts at the same time, and its Sandbox lives in the same process.</remarks>
internal sealed class MillwrightTarget(MillwrightApp app, ApiClient application, WebhookAddress address) : ITarget
{
    public WebhookAddress Address => address;

    public IReadOnlyList<int> Processes => [app.ProcessId];

    public static async Task<MillwrightTarget> StartAsync()
    {
        var app = await MillwrightApp.StartAsync();
        try
        {
            var application = await ApiClient.AsApplicationAsync(app);
            return new MillwrightTarget(app, application, await ConnectAsync(app, application));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The change feed, to read what became of the webhooks.</summary>
    public ChangeFeed Changes() => new(application);

    public async ValueTask DisposeAsync()
    {
        application.Dispose();
        await app.DisposeAsync();
    }

    private static async Task<WebhookAddress> ConnectAsync(MillwrightApp app, ApiClient application)
    {
        var connected = await application.PostAsync("/api/system/connections", new
        {
            provider = "sandbox",
            name = "Bench",
            email = "bench@example.test",
            credentials = new { url = app.SandboxAddress.ToString(), apiKey = "sandbox-bench" },
        });
        var path = $"/api/system/connections/{Text(connected.Expect(200), "key")}/webhook";
        var webhook = (await application.GetAsync(path)).Expect(200);
        var secret = await application.PostAsync($"{path}/secrets", new { });

        // The path as told, the host as started: a reverse proxy's name would lead elsewhere.
        var url = new Uri(app.Address, new Uri(app.Address, Text(webhook, "url")).PathAndQuery);
        return new WebhookAddress(url, Text(secret.Expect(secret.Status is 201 ? 201 : 200), "secret"));
    }

    private static string Text(JsonElement answer, string field) => answer.GetProperty("data").GetProperty(field).GetString()!;
}
