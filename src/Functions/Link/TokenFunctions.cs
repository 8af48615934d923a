using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Link;

/// <summary>OAuth 2.0's token endpoint.</summary>
internal sealed class TokenFunctions(Applications applications, Tokens tokens)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Gives an application's token for its client id and secret.</summary>
    [Function("IssueApplicationToken")]
    public async Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "link/token")] HttpRequest request, CancellationToken cancellationToken)
    {
        var credentials = await ClientCredentials.ReadAsync(request, cancellationToken);
        var application = await applications.AuthenticateAsync(credentials.ClientId, credentials.ClientSecret, cancellationToken);
        var token = await tokens.IssueAsync(new TokenGrant(TokenKind.Application, application.Id), Lifetime, cancellationToken);

        // RFC 6749 section 5.1 asks for this header on every answer with a token.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return JsonResults.Plain(new { access_token = token.Token, token_type = "bearer", expires_in = (long)Lifetime.TotalSeconds });
    }
}
