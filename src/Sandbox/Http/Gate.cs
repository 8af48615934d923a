using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millwright.Sandbox.Http;

/// <summary>Opens the caller's company, counts the request and lets the ordered faults happen to it.</summary>
internal sealed class Gate(RequestDelegate next, Tenants tenants)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var tenant = tenants.Open(context.Request.Headers["X-Api-Key"]);
        context.Features.Set(tenant);
        var endpoint = context.GetEndpoint();
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
}
