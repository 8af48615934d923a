using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Millwright.Sandbox.Http;

/// <summary>The test switches and counters of the caller's company.</summary>
internal static class SwitchHandlers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "_faults", HttpMethods.Get, tenant => Answer.Of(tenant.Faults.Show()));
        Map(routes, "_faults", HttpMethods.Delete, tenant =>
        {
            tenant.Faults.Clear();
            return Answer.NoContent;
        });
        Map(routes, "_stats", HttpMethods.Get, tenant =>
        {
            var stats = tenant.Stats.Show();
            stats["webhooks"] = tenant.Webhooks.ShowStats();
            return Answer.Of(stats);
        });
        Map(routes, "_stats", HttpMethods.Delete, tenant =>
        {
            tenant.Stats.Reset();
            tenant.Webhooks.ResetStats();
            return Answer.NoContent;
        });
        routes.MapMethods("/v1/_faults", [HttpMethods.Put], async context =>
        {
            var tenant = Tenant.Of(context);
            tenant.Faults.Set(await RequestBody.ReadAsync(context.Request));
            await Answer.Of(tenant.Faults.Show()).SendAsync(context.Response);
        }).WithMetadata(Ungated.Instance);
    }

    private static void Map(IEndpointRouteBuilder routes, string name, string verb, Func<Tenant, Answer> handle) =>
        routes.MapMethods("/v1/" + name, [verb], context => handle(Tenant.Of(context)).SendAsync(context.Response))
            .WithMetadata(Ungated.Instance);
}
