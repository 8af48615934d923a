using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Events;
using Millwright.Functions.Http;

namespace Millwright.Functions.Events;

/// <summary>The change feed.</summary>
internal sealed class ChangeFunctions(Caller caller, ChangeFeed feed)
{
    /// <summary>The events after a cursor, the oldest first: those of the token's connection, or of all the application's.</summary>
    [Function("ListChanges")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/changes")] HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAnyAsync(request, cancellationToken);
        var parameters = new QueryParameters(request, "cursor", "entity", "connection", "per_page");
        var query = new FeedQuery(grant.ApplicationId)
        {
            Cursor = parameters.Text("cursor"),
            ConnectionId = grant.ConnectionId ?? parameters.Text("connection"),
            Entity = parameters.Text("entity"),
            Limit = PageRequest.Of(request).PerPage,
        };
        parameters.Done();
        return new FeedPageResult(await feed.ReadAsync(query, cancellationToken));
    }
}
