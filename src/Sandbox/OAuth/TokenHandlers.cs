using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Sandbox.Http;

namespace Millwright.Sandbox.OAuth;

/// <summary>The token endpoint. Its requests say in their form whose they are, which <see cref="Gate"/> has read.</summary>
internal static class TokenHandlers
{
    public static void Map(IEndpointRouteBuilder routes, IssuedTokens tokens) =>
        routes.MapMethods("/v1/oauth/token", [HttpMethods.Post], async context =>
        {
            var faults = Tenant.Of(context).Faults;
            var answer = Answer.Of(tokens.Issue(TokenRequest.Of(context), faults.TokenSeconds));
            if (await faults.AfterWriteAsync(context.RequestAborted))
            {
                context.Response.Headers.CacheControl = "no-store";
                await answer.SendAsync(context.Response);
            }
            else
            {
                context.Abort();
            }
        }).WithMetadata(TokenEndpoint.Instance);
}
