using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Health;

/// <summary>For load balancers and people on call.</summary>
internal sealed class HealthFunctions(Applications applications)
{
    /// <summary>The process answers.</summary>
    [Function("Live")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) =>
        JsonResults.Plain(new { status = "live" });

    /// <summary>The process reaches its storage; otherwise 503 <c>SERVICE_UNAVAILABLE</c>.</summary>
    [Function("Ready")]
    public async Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        await applications.NoneAsync(cancellationToken);
        return JsonResults.Plain(new { status = "ready" });
    }
}
