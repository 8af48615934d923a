using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The systems that can be connected.</summary>
internal sealed class PlatformFunctions(Caller caller, IConnectorCatalogue connectors)
{
    /// <summary>Every system with its credential fields, guide and capability table.</summary>
    [Function("ListPlatforms")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/system/platforms")] HttpRequest request, CancellationToken cancellationToken)
    {
        await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var platforms = connectors.All.Select(c => c.Platform).ToList();
        return JsonResults.Page(request, platforms.Select(PlatformView.Of), new PageLinks(1, Math.Max(1, platforms.Count), platforms.Count, platforms.Count));
    }
}
