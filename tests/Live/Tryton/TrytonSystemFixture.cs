using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Connectors;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Live.Tests.Tryton;

/// <summary>A running Tryton 6.0 with its seeded company: the connector on one side, Tryton's own JSON-RPC on the other.</summary>
public sealed class TrytonSystemFixture : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddConnectors().BuildServiceProvider();
    private readonly HttpClient _http;

    public TrytonSystemFixture()
    {
        var port = Environment.GetEnvironmentVariable("SYS_TRYTON_PORT") ?? "8000";
        Credentials = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["url"] = $"http://127.0.0.1:{port}",
            ["database"] = "tryton",
            ["login"] = "api",
            ["password"] = "api-Secret-1",
        };
        Connector = _services.GetRequiredService<IConnectorCatalogue>().Find("tryton")!;
        System = Connector.Open(Credentials, new MemoryAccessTokens());
        _http = new HttpClient { BaseAddress = new Uri($"{Credentials["url"]}/tryton/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("api:api-Secret-1")));
    }

    public Dictionary<string, string> Credentials { get; }

    public IConnector Connector { get; }

    public IConnectedSystem System { get; }

    /// <summary>Sees to it that there is an order: a new company has none.</summary>
    public async ValueTask InitializeAsync() =>
        await DoAsync("purchase-orders", "create", body: """{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.2"}]}""");

    /// <summary>A text that no other test and no earlier run has used.</summary>
    public static string Unique(string prefix) => $"{prefix}-{Convert.ToHexStringLower(global::System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";

    public static EntityType Entity(string name) => EntityModel.Default.Find(name)!;

    /// <summary>A call of Tryton's own, with the seeded company in its context.</summary>
    public Task<JsonNode?> RpcAsync(string method, JsonArray arguments) => RpcWithAsync(method, arguments, new JsonObject { ["company"] = 1 });

    /// <summary>A call of Tryton's own.</summary>
    public async Task<JsonNode?> RpcWithAsync(string method, JsonArray arguments, JsonObject? context)
    {
        if (context is not null)
        {
            arguments.Add((JsonNode)context);
        }

        using var request = new StringContent(
            new JsonObject { ["id"] = 1, ["method"] = method, ["params"] = arguments }.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await _http.PostAsync("", request, TestContext.Current.CancellationToken);
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Null(body["error"]);
        return body["result"];
    }

    public async Task<JsonNode?> DoAsync(string entity, string operation, string? key = null, string? body = null, string? reference = null, bool raw = false) =>
        Parse(await System.ExecuteAsync(
            new EntityRequest(Entity(entity), operation)
            {
                Key = key,
                Body = body is null ? null : JsonSerializer.Deserialize<JsonElement>(body),
                Reference = reference,
                IncludeRaw = raw,
            },
            TestContext.Current.CancellationToken));

    public async Task<(JsonArray Records, EntityResult Result)> ListAsync(
        string entity, IReadOnlyList<(string Field, FilterOperator Operator, string[] Values)>? filters = null, FilterMatch match = FilterMatch.All,
        IReadOnlyList<(string Field, bool Descending)>? sorts = null, int page = 1, int perPage = 50)
    {
        var type = Entity(entity);
        var query = new ListQuery(
            [.. (filters ?? []).Select(f => new Filter(type.Record.Find(f.Field)!, f.Operator, f.Values))],
            match,
            [.. (sorts ?? []).Select(s => new Sort(type.Record.Find(s.Field)!, s.Descending))],
            page, perPage, null, false);
        var result = await System.ExecuteAsync(new EntityRequest(type, "list") { Query = query }, TestContext.Current.CancellationToken);
        return (Parse(result)!.AsArray(), result);
    }

    public static JsonNode? Parse(EntityResult? result) => result is null || result.Data.IsEmpty ? null : JsonNode.Parse(result.Data.Span);

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        await _services.DisposeAsync();
        _http.Dispose();
    }
}
