using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Sandbox;

namespace Millwright.Chaos.Tests;

/// <summary>The connected system: a Sandbox ERP that outlives Millwright. A record of the script is a vendor in it.</summary>
internal sealed class ChangingSystem : IAsyncDisposable
{
    private const string Company = "sandbox-chaos";

    private readonly SandboxServer _server;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly JsonObject _template;

    private ChangingSystem(SandboxServer server, HttpClient http, JsonObject template) => (_server, _http, _template) = (server, http, template);

    public Dictionary<string, string> Credentials => new(StringComparer.Ordinal) { ["url"] = _server.BaseAddress.ToString(), ["apiKey"] = Company };

    public static async Task<ChangingSystem> StartAsync(CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions(), cancellationToken);
        var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Api-Key", Company);
        var vendors = await http.GetFromJsonAsync<JsonObject>(new Uri("/v1/vendors?page_size=1", UriKind.Relative), cancellationToken);
        return new ChangingSystem(server, http, vendors!["items"]![0]!.AsObject());
    }

    /// <summary>The name that a vendor has after a change.</summary>
    public static string NameOf(int version) => $"Version {version}";

    /// <summary>The version that a name stands for.</summary>
    public static int VersionOf(string name) => int.Parse(name["Version ".Length..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Changes the vendor behind a thin webhook, whatever faults are on.</summary>
    public async Task ApplyAsync(Change change, CancellationToken cancellationToken)
    {
        var known = _ids.TryGetValue(change.Record, out var id);
        var body = new { name = NameOf(change.Version) };
        while (true)
        {
            using var answer = known
                ? await _http.PatchAsJsonAsync(new Uri($"/v1/vendors/{id}", UriKind.Relative), body, cancellationToken)
                : await _http.PostAsJsonAsync(new Uri("/v1/vendors", UriKind.Relative), body, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                _ids[change.Record] = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
                return;
            }
        }
    }

    /// <summary>The vendor's id in the system.</summary>
    public string IdOf(string record) => _ids.GetValueOrDefault(record, record);

    /// <summary>The vendor as the system has it after a change.</summary>
    public JsonObject RecordOf(Change change)
    {
        var record = _template.DeepClone().AsObject();
        record["id"] = change.Record;
        record["name"] = NameOf(change.Version);
        return record;
    }

    /// <summary>The versions of the vendors that thin webhooks were about, by their ids, asked of the system itself.</summary>
    public async Task<Dictionary<string, int>> VersionsAsync(CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in _ids.Values)
        {
            var vendor = await _http.GetFromJsonAsync<JsonElement>(new Uri($"/v1/vendors/{id}", UriKind.Relative), cancellationToken);
            versions.Add(id, VersionOf(vendor.GetProperty("name").GetString()!));
        }

        return versions;
    }

    /// <summary>Has so many requests answered 429, and so many after them 500.</summary>
    public async Task FailAsync(int throttled, int failed, CancellationToken cancellationToken)
    {
        var faults = new { rate_limit = new { next = throttled, retry_after = 1 }, errors = new { next = failed, status = 500 } };
        using var answer = await _http.PutAsJsonAsync(new Uri("/v1/_faults", UriKind.Relative), faults, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Ends all faults.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken) =>
        (await _http.DeleteAsync(new Uri("/v1/_faults", UriKind.Relative), cancellationToken)).Dispose();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
