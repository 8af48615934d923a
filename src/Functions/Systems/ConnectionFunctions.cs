using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>Connects customers' systems and takes them away again.</summary>
internal sealed class ConnectionFunctions(Caller caller, ConnectionService connections, ConnectionHealthStore health)
{
    private const string Route = "api/system/connections";

    /// <summary>The application's connections.</summary>
    [Function("ListConnections")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var page = PageRequest.Of(request);
        var all = await connections.ListAsync(application.ApplicationId, cancellationToken).ToListAsync(cancellationToken);
        var known = await health.ListAsync(application.ApplicationId, cancellationToken);
        var shown = page.Of(all).Select(c => ConnectionView.Of(c, known.GetValueOrDefault(c.Id, ConnectionHealth.Unknown))).ToList();
        return JsonResults.Page(request, shown, new PageLinks(page.Page, page.PerPage, shown.Count, all.Count));
    }

    /// <summary>Proves the credentials against the live system, stores them in the vault and answers with the connection's token, once.</summary>
    [Function("CreateConnection")]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var body = await RequestBody.ReadJsonAsync(request, cancellationToken);
        var (connection, token) = await connections.ConnectAsync(
            application.ApplicationId, ConnectionBody.Parse(body, out var lifetime), lifetime, cancellationToken);
        return JsonResults.Data(new
        {
            key = connection.Id,
            connection.Name,
            connection.Provider,
            access_token = token.Token,
            refresh_token = (string?)null,
            expires_in = token.Lifetime?.TotalSeconds,
        });
    }

    /// <summary>One connection.</summary>
    [Function("GetConnection")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        await ViewAsync(await FindAsync(request, id, cancellationToken), cancellationToken);

    /// <summary>Disconnects: revokes the tokens, deletes the credentials and the connection.</summary>
    [Function("DeleteConnection")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await connections.DisconnectAsync(await FindAsync(request, id, cancellationToken), cancellationToken);
        return JsonResults.Plain(new { data = new { key = id, deleted = true } });
    }

    /// <summary>Issues another token; with <c>"rotate": true</c> every earlier one ends at once.</summary>
    [Function("IssueConnectionToken")]
    public async Task<IResult> IssueToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/token")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        var body = TokenBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        var token = await connections.IssueTokenAsync(connection, body.Lifetime, cancellationToken);
        if (body.Rotate)
        {
            await connections.RevokeTokensAsync(connection, token.Token, cancellationToken);
        }

        return JsonResults.Data(new { token = token.Token, access_token = token.Token, expires_in = token.Lifetime?.TotalSeconds });
    }

    /// <summary>Ends all the connection's tokens at once.</summary>
    [Function("ExpireConnectionTokens")]
    public async Task<IResult> ExpireTokens(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{id}/token")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        await connections.RevokeTokensAsync(connection, null, cancellationToken);
        return JsonResults.Data(new { key = connection.Id, expired = true });
    }

    /// <summary>The application's own notes on the connection.</summary>
    [Function("GetConnectionMetadata")]
    public async Task<IResult> GetMetadata(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}/metadata")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        MetadataPage(request, await FindAsync(request, id, cancellationToken));

    /// <summary>Sets entries of the notes, keeps the others and answers with the connection, as the public contract has it.</summary>
    [Function("SetConnectionMetadata")]
    public async Task<IResult> SetMetadata(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/metadata")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var entries = MetadataBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        return await ViewAsync(await connections.SetMetadataAsync(application.ApplicationId, id, entries, cancellationToken), cancellationToken);
    }

    private static IResult MetadataPage(HttpRequest request, Connection connection)
    {
        var entries = connection.Metadata.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => new { key = e.Key, value = e.Value }).ToList();
        return JsonResults.Page(request, entries, new PageLinks(1, Math.Max(1, entries.Count), entries.Count, entries.Count));
    }

    private async Task<IResult> ViewAsync(Connection connection, CancellationToken cancellationToken) =>
        JsonResults.Data(ConnectionView.Of(connection, await health.GetAsync(connection.ApplicationId, connection.Id, cancellationToken)));

    private async Task<Connection> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return await connections.GetAsync(application.ApplicationId, id, cancellationToken);
    }
}
