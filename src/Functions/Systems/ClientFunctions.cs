using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The calling application.</summary>
internal sealed class ClientFunctions(Caller caller, Applications applications)
{
    /// <summary>Who the application is.</summary>
    [Function("GetClient")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/system/client")] HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var application = await applications.FindAsync(grant.ApplicationId, cancellationToken)
            ?? throw new ApiException(ErrorCode.InvalidToken, "The token's application no longer exists.");
        return JsonResults.Data(new
        {
            application.Id,
            application.Name,
            logo_url = (string?)null,
            email = (string?)null,
            default_redirect = (string?)null,
            redirects = Array.Empty<string>(),
            application.CreatedAt,
        });
    }
}
