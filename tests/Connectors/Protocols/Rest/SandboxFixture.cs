using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Sandbox;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>A sandbox in this process, reached over a real socket, with one company for each test.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SandboxServer _server;
    private readonly HttpClient _http;

    private SandboxFixture(SandboxServer server)
    {
        _server = server;
        _services = new ServiceCollection().AddConnectors().BuildServiceProvider();
        Connector = _services.GetRequiredService<IConnectorCatalogue>().Find("sandbox")!;
        System = Open("sandbox-test");
        _http = new HttpClient { BaseAddress = server.BaseAddress };
        _http.DefaultRequestHeaders.Add("X-Api-Key", "sandbox-test");
    }

    public IConnector Connector { get; }

    public IConnectedSystem System { get; }

    public static async Task<SandboxFixture> StartAsync(TimeProvider? time = null) =>
        new(await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = time ?? TimeProvider.System }, TestContext.Current.CancellationToken));

    public static EntityType Entity(string name) => EntityModel.Default.Find(name)!;

    public IConnectedSystem Open(string apiKey) =>
        Connector.Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = _server.BaseAddress.ToString(), ["apiKey"] = apiKey }, new MemoryAccessTokens());

    /// <summary>A system in other surroundings.</summary>
    public IConnectedSystem Open(string apiKey, ConnectorRuntime runtime) =>
        new ConnectorCatalogue(DefinitionLoader.LoadAll, EntityModel.Default, runtime).Find("sandbox")!
            .Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = _server.BaseAddress.ToString(), ["apiKey"] = apiKey }, new MemoryAccessTokens());

    /// <summary>Ends when a list of the sandbox's own has a record.</summary>
    public async Task WrittenAsync(string list)
    {
        while ((int?)(await _http.GetFromJsonAsync<JsonNode>(list, TestContext.Current.CancellationToken))!["total"] == 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Sets the sandbox's switches for faults.</summary>
    public async Task FaultAsync(string switches)
    {
        using var content = new StringContent(switches, global::System.Text.Encoding.UTF8, "application/json");
        (await _http.PutAsync("v1/_faults", content, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    /// <summary>What the sandbox has counted since it was last asked.</summary>
    public async Task<JsonNode> StatsAsync()
    {
        var stats = await _http.GetFromJsonAsync<JsonNode>("v1/_stats", TestContext.Current.CancellationToken);
        (await _http.DeleteAsync("v1/_stats", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return stats!;
    }

    public async Task<JsonNode?> DoAsync(string entity, string operation, string? key = null, string? body = null, string? reference = null, string? subKey = null) =>
        Parse(await System.ExecuteAsync(
            new EntityRequest(Entity(entity), operation)
            {
                Key = key,
                SubKey = subKey,
                Body = body is null ? null : JsonSerializer.Deserialize<JsonElement>(body),
                Reference = reference,
            },
            TestContext.Current.CancellationToken));

    public async Task<(JsonArray Records, EntityResult Result)> ListAsync(
        string entity, IReadOnlyList<(string Field, FilterOperator Operator, string[] Values)>? filters = null, FilterMatch match = FilterMatch.All,
        IReadOnlyList<(string Field, bool Descending)>? sorts = null, int page = 1, int perPage = 50, string? cursor = null, string operation = "list", string? key = null)
    {
        var type = Entity(entity);
        var query = new ListQuery(
            [.. (filters ?? []).Select(f => new Filter(type.Record.Find(f.Field)!, f.Operator, f.Values))],
            match,
            [.. (sorts ?? []).Select(s => new Sort(type.Record.Find(s.Field)!, s.Descending))],
            page, perPage, cursor, false);
        var result = await System.ExecuteAsync(new EntityRequest(type, operation) { Key = key, Query = query }, TestContext.Current.CancellationToken);
        return (Parse(result)!.AsArray(), result);
    }

    public static JsonNode? Parse(EntityResult? result) => result is null || result.Data.IsEmpty ? null : JsonNode.Parse(result.Data.Span);

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        await _services.DisposeAsync();
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
