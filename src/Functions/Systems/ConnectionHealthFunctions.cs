using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>Explains how a connected system does, and mends a connection whose credentials it refuses.</summary>
internal sealed class ConnectionHealthFunctions(Caller caller, ConnectionService connections, ConnectionHealthService health, Reconnection reconnection)
{
    private const string Route = "api/system/connections/{id}";

    /// <summary>The health, with the last errors by operation.</summary>
    [Function("GetConnectionHealth")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/health")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        return JsonResults.Data(ConnectionHealthView.Of(connection, await health.GetAsync(connection.Identity, cancellationToken)));
    }

    /// <summary>Proves new credentials against the live system and puts them into use; the connection and its tokens stay.</summary>
    [Function("Reconnect")]
    public async Task<IResult> Reconnect(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/reconnect")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        var credentials = ReconnectBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        return JsonResults.Data(ConnectionHealthView.Of(connection, await reconnection.ReconnectAsync(connection, credentials, cancellationToken)));
    }

    private async Task<Connection> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return await connections.GetAsync(application.ApplicationId, id, cancellationToken);
    }
}
