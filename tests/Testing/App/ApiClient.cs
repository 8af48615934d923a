using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Millwright.Testing.App;

/// <summary>Calls Millwright as a customer's program does, with one bearer token.</summary>
public sealed class ApiClient(Uri address, string? token) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>The bearer token; null for none.</summary>
    public string? Token => token;

    /// <summary>A client with an application's token.</summary>
    public static async Task<ApiClient> AsApplicationAsync(MillwrightApp app)
    {
        using var anonymous = new ApiClient(app.Address, null);
        var answer = await anonymous.PostAsync("/link/token", new
        {
            grant_type = "client_credentials",
            client_id = MillwrightApp.ClientId,
            client_secret = MillwrightApp.ClientSecret,
        });
        return new ApiClient(app.Address, answer.Expect(200).GetProperty("access_token").GetString());
    }

    /// <summary>Connects a system and gives a client with the connection's token.</summary>
    public async Task<ApiClient> ConnectAsync(string provider, IReadOnlyDictionary<string, string> credentials)
    {
        var answer = await PostAsync("/api/system/connections", new { provider, name = $"Test {provider}", email = "test@example.test", credentials });
        return new ApiClient(address, answer.Expect(200).GetProperty("data").GetProperty("access_token").GetString());
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body), idempotencyKey);

    public Task<ApiAnswer> PutAsync(string path, object body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body), idempotencyKey);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonDocument.Parse(text).RootElement : default;
        return new ApiAnswer((int)response.StatusCode, json, text, response.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _http.Dispose();
}
