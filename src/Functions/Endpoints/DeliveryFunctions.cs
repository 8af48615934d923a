using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Endpoints;

/// <summary>What was sent to an endpoint, and sending it again.</summary>
internal sealed class DeliveryFunctions(Caller caller, EndpointService endpoints, Deliveries deliveries, DeliveryLog log, EventTypes types)
{
    private const string Route = "api/system/webhooks/{id}";

    /// <summary>The endpoint's deliveries, those of the latest events first.</summary>
    [Function("ListDeliveries")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/deliveries")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var endpoint = await FindAsync(request, id, cancellationToken);
        var page = DeliveryPage.Of(request);
        var found = await log.ListAsync(endpoint.Id, page.After, page.PerPage + 1, cancellationToken).ToListAsync(cancellationToken);
        var shown = found.Take(page.PerPage).ToList();
        var links = new PageLinks(null, page.PerPage, shown.Count, null) { NextCursor = found.Count > shown.Count ? shown[^1].Id : null };
        return JsonResults.Page(request, shown.Select(DeliveryView.Of), links);
    }

    /// <summary>Sends the event again, whatever came of it before.</summary>
    [Function("Redeliver")]
    public async Task<IResult> Redeliver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/deliveries/{deliveryId}/redeliver")] HttpRequest request,
        string id,
        string deliveryId,
        CancellationToken cancellationToken)
    {
        var endpoint = await FindAsync(request, id, cancellationToken);
        return JsonResults.Data(DeliveryView.Of(await deliveries.RedeliverAsync(endpoint, deliveryId, cancellationToken)));
    }

    /// <summary>Sends a sample event.</summary>
    [Function("TestEndpoint")]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/test")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var endpoint = await FindAsync(request, id, cancellationToken);
        var type = TestBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken), types);
        return JsonResults.Data(DeliveryView.Of(await deliveries.TestAsync(endpoint, type, cancellationToken)));
    }

    private async Task<EventEndpoint> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return await endpoints.GetAsync(application.ApplicationId, id, cancellationToken);
    }
}
