using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Functions.Http;

namespace Millwright.Functions.Polling;

/// <summary>How the polling of a connection stands, and what an application chooses about it.</summary>
internal sealed class SyncFunctions(Caller caller, ConnectionService connections, SyncService syncs)
{
    private const string SettingsRoute = "api/system/connections/{id}/sync";

    /// <summary>How the sync of the token's connection stands, by entity.</summary>
    [Function("GetSyncStatus")]
    public async Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sync-status")] HttpRequest request, CancellationToken cancellationToken)
    {
        var connection = await OfTokenAsync(request, cancellationToken);
        return JsonResults.Data(StatusOf(connection, await syncs.ReadAsync(connection, cancellationToken)));
    }

    /// <summary>Polls the token's connection now.</summary>
    [Function("RequestSync")]
    public async Task<IResult> Poll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/sync")] HttpRequest request, CancellationToken cancellationToken)
    {
        var connection = await OfTokenAsync(request, cancellationToken);
        var asked = SyncRequestBody.Parse(await RequestBody.ReadOptionalJsonAsync(request, cancellationToken));
        await syncs.RequestAsync(connection, asked, cancellationToken);
        return JsonResults.Data(new { requested = true });
    }

    /// <summary>What was chosen for a connection, and how its sync stands.</summary>
    [Function("GetConnectionSync")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SettingsRoute)] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await OfIdAsync(request, id, cancellationToken);
        var overview = await syncs.ReadAsync(connection, cancellationToken);
        return JsonResults.Data(new { settings = SettingsOf(connection, SyncService.SettingsOf(overview)), status = StatusOf(connection, overview) });
    }

    /// <summary>Changes what was chosen; what the body leaves out stays.</summary>
    [Function("ConfigureConnectionSync")]
    public async Task<IResult> Configure(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = SettingsRoute)] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await OfIdAsync(request, id, cancellationToken);
        var change = SyncSettingsBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        return JsonResults.Data(new { settings = SettingsOf(connection, await syncs.ConfigureAsync(connection, change, cancellationToken)) });
    }

    private object StatusOf(Connection connection, SyncOverview? overview) =>
        SyncView.Of(overview, syncs.PolledOf(connection, SyncService.SettingsOf(overview)));

    private object SettingsOf(Connection connection, SyncSettings settings) => SyncView.Of(settings, syncs.PollableOf(connection));

    private async Task<Connection> OfTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        return await connections.GetAsync(grant.ApplicationId, grant.ConnectionId!, cancellationToken);
    }

    private async Task<Connection> OfIdAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return await connections.GetAsync(application.ApplicationId, id, cancellationToken);
    }
}
