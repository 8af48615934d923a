using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Sandbox.Webhooks;

namespace Millwright.Sandbox.Http;

/// <summary>Where the caller's company sends its webhooks.</summary>
internal static class WebhookHandlers
{
    private const string Path = "/v1/_webhooks";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, HttpMethods.Put, async context =>
        {
            var target = WebhookTarget.Parse(await RequestBody.ReadAsync(context.Request));
            var tenant = Tenant.Of(context);
            lock (tenant.Company.Gate)
            {
                tenant.Webhooks.Subscribe(target);
            }

            return Answer.Of(target.Show());
        });
        Map(routes, HttpMethods.Get, context =>
        {
            var target = Tenant.Of(context).Webhooks.Target
                ?? throw RefusalException.NotFound("Webhooks go nowhere yet; PUT says where to.");
            return Task.FromResult(Answer.Of(target.Show()));
        });
        Map(routes, HttpMethods.Delete, context =>
        {
            var tenant = Tenant.Of(context);
            lock (tenant.Company.Gate)
            {
                tenant.Webhooks.Unsubscribe();
            }

            return Task.FromResult(Answer.NoContent);
        });
    }

    private static void Map(IEndpointRouteBuilder routes, string verb, Func<HttpContext, Task<Answer>> handle) =>
        routes.MapMethods(Path, [verb], async context => await (await handle(context)).SendAsync(context.Response))
            .WithMetadata(Ungated.Instance);
}
