using System.Net.Http.Json;

namespace Millwright.Bench.Polling;

/// <summary>The built-in Sandbox.</summary>
internal sealed class SandboxSource(Uri address) : ISource
{
    private const string Key = "sandbox-bench";

    private readonly HttpClient _http = new() { BaseAddress = address, DefaultRequestHeaders = { { "X-Api-Key", Key } } };

    public string Name => "Sandbox";

    public string Provider => "sandbox";

    public Dictionary<string, string> Credentials => new(StringComparer.Ordinal) { ["url"] = address.ToString(), ["apiKey"] = Key };

    public async Task CreateVendorsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            (await _http.PostAsJsonAsync(new Uri("/v1/vendors", UriKind.Relative), new { name = $"Vendor {i}" })).EnsureSuccessStatusCode().Dispose();
        }
    }

    public void Dispose() => _http.Dispose();
}
