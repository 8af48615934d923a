using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Endpoints;

/// <summary>The addresses that an application wants its events sent to.</summary>
internal sealed class EndpointFunctions(Caller caller, EndpointService endpoints)
{
    private const string Route = "api/system/webhooks";

    /// <summary>The application's endpoints.</summary>
    [Function("ListEndpoints")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var page = PageRequest.Of(request);
        var all = await endpoints.ListAsync(application.ApplicationId, cancellationToken).ToListAsync(cancellationToken);
        var shown = page.Of(all).Select(e => EndpointView.Of(e)).ToList();
        return JsonResults.Page(request, shown, new PageLinks(page.Page, page.PerPage, shown.Count, all.Count));
    }

    /// <summary>Makes an endpoint and answers with its signing secret, once.</summary>
    [Function("CreateEndpoint")]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var choose = EndpointBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        var (endpoint, secret) = await endpoints.CreateAsync(application.ApplicationId, choose(EndpointSettings.Default), cancellationToken);
        return JsonResults.Data(EndpointView.Of(endpoint, secret));
    }

    /// <summary>One endpoint.</summary>
    [Function("GetEndpoint")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return JsonResults.Data(EndpointView.Of(await endpoints.GetAsync(application.ApplicationId, id, cancellationToken)));
    }

    /// <summary>Changes what the body names.</summary>
    [Function("UpdateEndpoint")]
    public async Task<IResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var change = EndpointBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        return JsonResults.Data(EndpointView.Of(await endpoints.UpdateAsync(application.ApplicationId, id, change, cancellationToken)));
    }

    /// <summary>Takes the endpoint away; what is on its way to it is dropped.</summary>
    [Function("DeleteEndpoint")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        await endpoints.DeleteAsync(application.ApplicationId, id, cancellationToken);
        return JsonResults.Data(new { key = id, deleted = true });
    }

    /// <summary>Makes a new signing secret and answers with it, once. The one before it signs beside it for a day.</summary>
    [Function("RotateEndpointSecret")]
    public async Task<IResult> RotateSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/rotate-secret")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var (endpoint, secret) = await endpoints.RotateSecretAsync(application.ApplicationId, id, cancellationToken);
        return JsonResults.Data(EndpointView.Of(endpoint, secret));
    }
}
