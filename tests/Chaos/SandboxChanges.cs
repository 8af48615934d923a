using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Millwright.Sandbox;

namespace Millwright.Chaos.Tests;

/// <summary>A Sandbox ERP that outlives Millwright, whose vendors and work orders are changed at random and whose webhooks are lost.</summary>
internal sealed class SandboxChanges : IAsyncDisposable
{
    private const string Company = "sandbox-polled";

    private readonly SandboxServer _server;
    private readonly HttpClient _http;
    private readonly Random _random;
    private readonly List<string> _vendors = [];
    private readonly List<(string Id, string State)> _workOrders = [];
    private int _names;

    private SandboxChanges(SandboxServer server, HttpClient http, int seed) => (_server, _http, _random) = (server, http, new Random(seed));

    public Dictionary<string, string> Credentials => new(StringComparer.Ordinal) { ["url"] = _server.BaseAddress.ToString(), ["apiKey"] = Company };

    /// <summary>The vendors changed, the deleted ones included.</summary>
    public HashSet<string> Vendors { get; } = new(StringComparer.Ordinal);

    /// <summary>The work orders changed, the deleted ones included.</summary>
    public HashSet<string> WorkOrders { get; } = new(StringComparer.Ordinal);

    public static async Task<SandboxChanges> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { FaultSeed = seed }, cancellationToken);
        var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Api-Key", Company);
        return new SandboxChanges(server, http, seed);
    }

    /// <summary>Has the webhooks sent to Millwright: three in ten lost, others late, twice, or overtaken.</summary>
    public async Task SendWebhooksAsync(Uri address, string secret, string body)
    {
        await SendAsync(HttpMethod.Put, "/v1/_webhooks", new { url = address, secret, body });
        var webhooks = new
        {
            delay_ms = 300,
            drop = new { next = 100_000, chance = 0.3 },
            reorder = new { next = 100_000, chance = 0.3 },
            duplicate = new { next = 100_000, chance = 0.2, copies = 2 },
        };
        await SendAsync(HttpMethod.Put, "/v1/_faults", new { webhooks });
    }

    /// <summary>Waits until no webhook is on its way any more.</summary>
    /// <returns>What became of the webhooks.</returns>
    public async Task<JsonElement> UntilSentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var webhooks = (await SendAsync(HttpMethod.Get, "/v1/_stats")).GetProperty("webhooks");
            if (webhooks.GetProperty("waiting").GetInt32() == 0)
            {
                return webhooks;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Makes one change of any kind.</summary>
    public Task ChangeAsync() => _random.Next(100) switch
    {
        < 15 => CreateVendorAsync(),
        < 45 when _vendors.Count > 0 => RenameVendorAsync(),
        < 53 when _vendors.Count > 3 => DeleteVendorAsync(),
        < 70 => CreateWorkOrderAsync(),
        < 95 when _workOrders.Count > 0 => MoveWorkOrderAsync(),
        _ => CreateVendorAsync(),
    };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private string Name() => $"Polled {++_names}";

    private string Vendor()
    {
        var id = _vendors[_random.Next(_vendors.Count)];
        Vendors.Add(id);
        return id;
    }

    private async Task CreateVendorAsync()
    {
        var id = (await SendAsync(HttpMethod.Post, "/v1/vendors", new { name = Name() })).GetProperty("id").GetString()!;
        _vendors.Add(id);
        Vendors.Add(id);
    }

    private async Task RenameVendorAsync() => await SendAsync(HttpMethod.Patch, $"/v1/vendors/{Vendor()}", new { name = Name() });

    private async Task DeleteVendorAsync()
    {
        var id = Vendor();
        _vendors.Remove(id);
        await SendAsync(HttpMethod.Delete, $"/v1/vendors/{id}");
    }

    private async Task CreateWorkOrderAsync()
    {
        var id = (await SendAsync(HttpMethod.Post, "/v1/work-orders", new { title = Name() })).GetProperty("id").GetString()!;
        _workOrders.Add((id, "open"));
        WorkOrders.Add(id);
    }

    private async Task MoveWorkOrderAsync()
    {
        var at = _random.Next(_workOrders.Count);
        var (id, state) = _workOrders[at];
        string[] next = state switch
        {
            "open" => ["in_progress", "on_hold"],
            "in_progress" => ["on_hold", "done"],
            _ => ["in_progress", "cancelled"],
        };
        var to = next[_random.Next(next.Length)];
        await SendAsync(HttpMethod.Post, $"/v1/work-orders/{id}/transitions", new { to });
        if (to is "done" or "cancelled")
        {
            _workOrders.RemoveAt(at);
        }
        else
        {
            _workOrders[at] = (id, to);
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {text}");
        return answer.StatusCode == HttpStatusCode.NoContent ? default : JsonElement.Parse(text);
    }
}
