using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Sandbox.OAuth;

namespace Millwright.Sandbox.Http;

/// <summary>Opens the caller's company, counts the request and lets the ordered faults happen to it.</summary>
internal sealed class Gate(RequestDelegate next, Tenants tenants, IssuedTokens tokens)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var tenant = endpoint?.Metadata.GetMetadata<TokenEndpoint>() is null ? tenants.Open(KeyOf(context.Request)) : await ClientOfAsync(context);
        context.Features.Set(tenant);
        if (endpoint?.Metadata.GetMetadata<Ungated>() is not null)
        {
            await next(context);
            return;
        }

        tenant.Stats.Begin(endpoint is RouteEndpoint route ? $"{context.Request.Method} {route.RoutePattern.RawText}" : "unmatched");
        try
        {
            await tenant.Faults.BeforeAsync(context.RequestAborted);
            await next(context);
        }
        finally
        {
            tenant.Stats.End();
        }
    }

    private string? KeyOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return !header.StartsWith(Scheme, StringComparison.Ordinal)
            ? request.Headers["X-Api-Key"]
            : tokens.KeyOf(header[Scheme.Length..]) ?? throw new RefusalException(401, "unauthorized", "The access token is not known or has ended.");
    }

    private async Task<Tenant> ClientOfAsync(HttpContext context)
    {
        var request = await TokenRequest.ReadAsync(context.Request);
        context.Features.Set(request);
        try
        {
            return tenants.Open(request.ClientId);
        }
        catch (RefusalException)
        {
            throw TokenRefusal.Of(401, "invalid_client", "A client's id starts with 'sandbox-'.");
        }
    }
}
