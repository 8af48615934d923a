using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Sandbox;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.OAuth;

/// <summary>The sandbox behind access tokens. Its clock and the client's are two, so that a token can end at the one before it does at the other.</summary>
internal sealed class OAuthExample : IAsyncDisposable
{
    public const string ClientId = "sandbox-oauth";
    public const string ClientSecret = "secret-of-sandbox-oauth";

    /// <summary>The definition's grant: the client's credentials.</summary>
    public const string ByClient = "grant: client-credentials, clientAuthentication: form";

    /// <summary>The definition's grant: a refresh token.</summary>
    public const string ByRefreshToken = "grant: refresh-token, refreshToken: refreshToken";

    private const string Definition = """
        provider: example
        name: Example
        areas: [erp]
        protocol: rest
        credentials:
          - {name: url, label: Address, kind: url}
          - {name: tokenUrl, label: Token address, kind: url}
          - {name: clientId, label: Client, kind: text}
          - {name: clientSecret, label: Secret, kind: secret}
          - {name: refreshToken, label: Refresh token, kind: secret}
        limits: {retries: 0, concurrency: 64}
        rest:
          path: v1
          oauth: {ENDPOINT, clientId: clientId, clientSecret: clientSecret, GRANT}
          prove: me
          operations: {list: 'GET {resource}', get: 'GET {resource}/{key}', create: 'POST {resource}'}
          list: {items: items, total: total}
          errors: {code: error.code, message: error.message}
        entities:
          vendors:
            resource: vendors
            fields: {name: name}
            operations: [list, get, create]
        """;

    private readonly SandboxServer _server;
    private readonly HttpClient _http;

    private OAuthExample(SandboxServer server, FakeTimeProvider serverTime)
    {
        _server = server;
        ServerTime = serverTime;
        _http = new HttpClient { BaseAddress = server.BaseAddress };
        _http.DefaultRequestHeaders.Add("X-Api-Key", ClientId);
    }

    public FakeTimeProvider ServerTime { get; }

    public WatchedTime Time { get; } = new();

    public LogLines Log { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OAuthExample> StartAsync()
    {
        var time = new FakeTimeProvider();
        return new OAuthExample(await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = time }, Ct), time);
    }

    /// <summary>A client, as one process has it.</summary>
    public IConnectedSystem Open(
        string grant, IAccessTokenStore? tokens = null, string refreshToken = "none", string clientSecret = ClientSecret, string endpoint = "path: oauth/token") =>
        Connector(grant, endpoint).Open(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["url"] = _server.BaseAddress.ToString(),
                ["tokenUrl"] = new Uri(_server.BaseAddress, "v1/oauth/token").ToString(),
                ["clientId"] = ClientId,
                ["clientSecret"] = clientSecret,
                ["refreshToken"] = refreshToken,
            },
            tokens ?? new MemoryAccessTokens());

    /// <summary>A refresh token, as a customer would paste it.</summary>
    public async Task<string> FirstRefreshTokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ClientId,
            ["client_secret"] = ClientSecret,
            ["scope"] = "offline_access",
        });
        using var answer = await _http.PostAsync("v1/oauth/token", form, Ct);
        await _http.DeleteAsync("v1/_stats", Ct);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!["refresh_token"]!;
    }

    /// <summary>Lets both clocks run.</summary>
    public void Advance(TimeSpan time)
    {
        Time.Advance(time);
        ServerTime.Advance(time);
    }

    public async Task FaultAsync(object switches) => (await _http.PutAsJsonAsync("v1/_faults", switches, Ct)).EnsureSuccessStatusCode();

    /// <summary>How often the sandbox was asked for a token, and for anything.</summary>
    public async Task<(int Tokens, int All)> CountAsync()
    {
        var stats = (await _http.GetFromJsonAsync<JsonNode>("v1/_stats", Ct))!;
        return ((int?)stats["requests"]!["POST /v1/oauth/token"] ?? 0, (int)stats["total"]!);
    }

    public static Task<EntityResult> ListAsync(IConnectedSystem system) =>
        system.ExecuteAsync(new EntityRequest(EntityModel.Default.Find("vendors")!, "list") { Query = ListQuery.Everything }, Ct);

    public static Task<EntityResult> CreateAsync(IConnectedSystem system) => system.ExecuteAsync(
        new EntityRequest(EntityModel.Default.Find("vendors")!, "create") { Body = JsonSerializer.Deserialize<JsonElement>("""{"name":"New"}""") }, Ct);

    private IConnector Connector(string grant, string endpoint)
    {
        var yaml = Definition.Replace("GRANT", grant, StringComparison.Ordinal).Replace("ENDPOINT", endpoint, StringComparison.Ordinal);
        return new ConnectorCatalogue(() => [DefinitionLoader.Load("example.yaml", yaml)], EntityModel.Default, new ConnectorRuntime(Time, () => 0.5, Log)).Find("example")!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Log.Dispose();
        await _server.DisposeAsync();
    }
}
