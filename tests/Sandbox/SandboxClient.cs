using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

/// <summary>Calls the sandbox through a real socket with one key.</summary>
public sealed class SandboxClient : IDisposable
{
    private readonly HttpClient _http;

    public SandboxClient(Uri baseAddress, string? key)
    {
        Key = key;
        _http = new HttpClient { BaseAddress = new Uri(baseAddress, "/v1/") };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
    }

    public string? Key { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null) =>
        SendAsync(method, path, body is null ? null : JsonContent.Create(body));

    public Task<HttpResponseMessage> SendTextAsync(string method, string path, string text, string mediaType = "application/json") =>
        SendAsync(method, path, new StringContent(text, Encoding.UTF8, mediaType));

    /// <summary>The answer's JSON; fails the test on another status.</summary>
    public async Task<JsonObject> ExpectAsync(HttpStatusCode status, string method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        return await ReadAsync(response, status);
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(status == response.StatusCode, string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode}: {text}"));
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    public Task<JsonObject> GetAsync(string path) => ExpectAsync(HttpStatusCode.OK, "GET", path);

    public Task<JsonObject> CreateAsync(string collection, object body) => ExpectAsync(HttpStatusCode.Created, "POST", collection, body);

    public async Task<List<JsonObject>> ItemsAsync(string path) => Items(await GetAsync(path));

    public static List<JsonObject> Items(JsonObject list) => [.. list["items"]!.AsArray().Select(item => item!.AsObject())];

    /// <summary>The error of a refused call.</summary>
    public async Task<JsonObject> RefusedAsync(HttpStatusCode status, string code, string method, string path, object? body = null)
    {
        var error = (await ExpectAsync(status, method, path, body))["error"]!.AsObject();
        Assert.Equal(code, (string?)error["code"]);
        Assert.NotEmpty((string)error["message"]!);
        return error;
    }

    /// <summary>A new order with one line of two bearings.</summary>
    public Task<JsonObject> CreateOrderAsync(string? externalReference = null) => CreateAsync("purchase-orders", new
    {
        vendor_id = "ven_1001",
        external_ref = externalReference,
        lines = new[] { new { item_id = "itm_1001", qty = 2, unit_price = 6.5 } },
    });

    public Task<JsonObject> MoveAsync(string collection, JsonObject record, string to) =>
        ExpectAsync(HttpStatusCode.OK, "POST", $"{collection}/{record["id"]}/transitions", new { to });

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        return await _http.SendAsync(request, Ct);
    }
}
