using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Millwright.Core.Webhooks.Signatures;
using Millwright.Testing.App;
using Xunit;

namespace Millwright.Testing.EndToEnd;

/// <summary>A Sandbox connection that takes webhooks, and both ends of it: the system's own API and the receiving address.</summary>
public sealed class IncomingWebhooks : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private string _company = "";

    public MillwrightApp App { get; private set; } = null!;

    public ApiClient Application { get; private set; } = null!;

    public ApiClient Customer { get; private set; } = null!;

    public string Connection { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public string Secret { get; private set; } = "";

    public static async Task<IncomingWebhooks> StartAsync(string company, params (string Name, string Value)[] settings)
    {
        var app = await MillwrightApp.StartAsync(settings);
        var application = await ApiClient.AsApplicationAsync(app);
        var customer = await application.ConnectAsync(
            "sandbox", new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = app.SandboxAddress.ToString(), ["apiKey"] = company });
        var connection = (await customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString()!;
        var secret = (await application.PostAsync($"/api/system/connections/{connection}/webhook/secrets", new { })).Expect(200).GetProperty("data");
        return new IncomingWebhooks
        {
            _company = company,
            App = app,
            Application = application,
            Customer = customer,
            Connection = connection,
            Secret = secret.GetProperty("secret").GetString()!,
            Address = new Uri(secret.GetProperty("url").GetString()!),
        };
    }

    /// <summary>Calls the Sandbox itself.</summary>
    public async Task<JsonElement> SandboxAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(App.SandboxAddress, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Api-Key", _company);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Has the Sandbox send its webhooks here.</summary>
    public Task SendToMillwrightAsync(string body) => SandboxAsync(HttpMethod.Put, "/v1/_webhooks", new { url = Address, secret = Secret, body });

    /// <summary>Sends a webhook as the system would.</summary>
    public async Task<(int Status, string Text)> SendAsync(string id, string body, string? secret = null, DateTimeOffset? at = null, Uri? address = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var time = at ?? TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, address ?? Address) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add(StandardWebhooks.IdHeader, id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, $"{time.ToUnixTimeSeconds()}");
        request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(secret ?? Secret, id, time, bytes));
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The connection's events, once there are at least so many.</summary>
    public async Task<List<JsonElement>> EventsAsync(int count) => await UntilAsync(
        async () => (await Customer.GetAsync("/api/changes?per_page=1000")).Expect(200).GetProperty("data").EnumerateArray().ToList(), events => events.Count >= count);

    /// <summary>The application's failed webhooks, once there are at least so many in this state.</summary>
    public async Task<List<JsonElement>> FailuresAsync(string state, int count) => await UntilAsync(
        async () => (await Application.GetAsync($"/api/system/webhooks/failures?state={state}")).Expect(200).GetProperty("data").EnumerateArray().ToList(),
        failures => failures.Count >= count);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Customer.Dispose();
        Application.Dispose();
        await App.DisposeAsync();
    }

    private static async Task<List<JsonElement>> UntilAsync(Func<Task<List<JsonElement>>> read, Func<List<JsonElement>, bool> enough)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = await read();
            if (enough(found) || limit.IsCancellationRequested)
            {
                Assert.True(enough(found), $"Only {found.Count} came.");
                return found;
            }

            await Task.Delay(100);
        }
    }
}
