using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Functions.Http;
using Millwright.Functions.Polling;

namespace Millwright.Functions.Systems;

/// <summary>The connection that a token belongs to, for the holder of the token.</summary>
internal sealed class IntegrationFunctions(Caller caller, ConnectionService connections, SyncService syncs)
{
    private const string Route = "api/integrations/current";

    /// <summary>Which system this token reaches.</summary>
    [Function("GetCurrentIntegration")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, cancellationToken);
        var overview = await syncs.ReadAsync(connection, cancellationToken);
        return JsonResults.Data(new
        {
            connection.Id,
            company_name = connection.Name,
            connection.Email,
            connection.Provider,
            connection.UpdatedAt,

            sync_status = SyncView.StatusOf(overview),
            sync_updated_at = SyncView.UpdatedAt(overview),
        });
    }

    /// <summary>Disconnects the system; the token ends with it.</summary>
    [Function("DeleteCurrentIntegration")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, cancellationToken);
        await connections.DisconnectAsync(connection, cancellationToken);
        return JsonResults.Data(new { connection.Id, deleted = true });
    }

    private async Task<Connection> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        return await connections.GetAsync(grant.ApplicationId, grant.ConnectionId!, cancellationToken);
    }
}
