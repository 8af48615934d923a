using Microsoft.AspNetCore.Http;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>A system of a test's own: a definition in brief, and a server that answers as the test says.</summary>
internal sealed class RestExample : IAsyncDisposable
{
    public const string Secret = "s3cret-Key-77";

    private const string Definition = """
        provider: example
        name: Example
        areas: [erp]
        protocol: rest
        credentials:
          - {name: url, label: Address, kind: url}
          - {name: apiKey, label: Key, kind: secret}
        limits: {retries: 0}
        rest:
          headers: {Authorization: 'Bearer {apiKey}'}
          prove: ping
          operations: {list: 'GET {resource}', get: 'GET {resource}/{key}', create: 'POST {resource}', set-status: 'POST {resource}/{key}/state'}
          list: {items: items}
          paging: {style: offset, parameter: skip, size: take, max: 2}
          errors: {code: code, message: message, fields: fields, codes: {locked: CONFLICT}}
        entities:
          vendors:
            resource: suppliers
            fields: {name: name}
            operations: [list, get, create]
        """;

    private readonly LoopbackServer _server;

    private RestExample(LoopbackServer server, IConnector connector)
    {
        _server = server;
        Connector = connector;
        System = Open(Secret);
    }

    public IConnector Connector { get; }

    public IConnectedSystem System { get; }

    public static Task<RestExample> StartAsync(int status, string body) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public static async Task<RestExample> StartAsync(RequestDelegate answer, string replace = " ", string with = " ") =>
        new(await LoopbackServer.StartAsync(answer), Connect(replace, with));

    public static IConnector Connect(string replace = " ", string with = " ", string andReplace = " ", string by = " ") =>
        new ConnectorCatalogue(() => [DefinitionLoader.Load("example.yaml", Definition.Replace(replace, with, StringComparison.Ordinal).Replace(andReplace, by, StringComparison.Ordinal))], EntityModel.Default, TestRuntime.Real).Find("example")!;

    public IConnectedSystem Open(string apiKey) =>
        Connector.Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = _server.Address.ToString(), ["apiKey"] = apiKey }, new MemoryAccessTokens());

    public Task<EntityResult> DoAsync(string operation, string? key = null, string? body = null, ListQuery? query = null) => System.ExecuteAsync(
        new EntityRequest(EntityModel.Default.Find("vendors")!, operation)
        {
            Key = key,
            Query = operation == "list" ? query ?? ListQuery.Everything : null,
            Body = body is null ? null : global::System.Text.Json.JsonSerializer.Deserialize<global::System.Text.Json.JsonElement>(body),
        },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        await _server.DisposeAsync();
    }
}
