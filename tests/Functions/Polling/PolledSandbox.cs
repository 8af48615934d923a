using System.Net.Http.Json;
using System.Text.Json;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests.Polling;

/// <summary>An app of its own whose Sandbox is connected and can be changed past it.</summary>
internal sealed class PolledSandbox : IAsyncDisposable
{
    private const string Company = "sandbox-polling";

    private readonly HttpClient _http;

    private PolledSandbox(MillwrightApp app, ApiClient application, ApiClient customer, string[] entities)
    {
        App = app;
        Application = application;
        Customer = customer;
        Polled = new PolledConnection(application, customer, entities);
        _http = new HttpClient { BaseAddress = app.SandboxAddress, DefaultRequestHeaders = { { "X-Api-Key", Company } } };
    }

    public MillwrightApp App { get; }

    public ApiClient Application { get; }

    public ApiClient Customer { get; }

    public PolledConnection Polled { get; }

    /// <summary>Connects it, without polling.</summary>
    public static Task<PolledSandbox> StartAsync(params string[] entities) => StartAsync(byDefault: false, entities);

    public static async Task<PolledSandbox> StartAsync(bool byDefault, params string[] entities)
    {
        var app = await MillwrightApp.StartAsync(("Polling__ByDefault", byDefault ? "true" : "false"));
        var application = await ApiClient.AsApplicationAsync(app);
        return new PolledSandbox(app, application, await application.ConnectAsync("sandbox", SandboxSystem.Of(app, Company).Credentials), entities);
    }

    /// <summary>Calls the Sandbox itself.</summary>
    public async Task<JsonElement> SandboxAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Makes vendors in the Sandbox.</summary>
    public async Task<IReadOnlyList<string>> CreateVendorsAsync(int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add((await SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = $"Vendor {i}" })).GetProperty("id").GetString()!);
        }

        return ids;
    }

    public async Task<JsonElement> StatusAsync() => (await Customer.GetAsync("/api/sync-status")).Expect(200).GetProperty("data");

    /// <summary>The status of an entity, once it is in this state.</summary>
    public async Task<JsonElement> UntilAsync(string entity, string state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var status = await StatusAsync();
            var found = status.GetProperty("entities").EnumerateArray().Single(e => e.GetProperty("entity").GetString() == entity);
            if (found.GetProperty("state").GetString() == state)
            {
                return found;
            }

            Assert.False(limit.IsCancellationRequested, status.ToString());
            await Task.Delay(50);
        }
    }

    public async Task<string> SyncStatusAsync() => (await Customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("sync_status").GetString()!;

    public async Task<string> SettingsPathAsync() =>
        $"/api/system/connections/{(await Customer.GetAsync("/api/integrations/current")).Data.GetProperty("id").GetString()}/sync";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Customer.Dispose();
        Application.Dispose();
        await App.DisposeAsync();
    }
}
