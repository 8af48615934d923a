using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;
using Millwright.Core.Identity;

namespace Millwright.Functions.Http;

/// <summary>Tells who calls, by the bearer token.</summary>
internal sealed class Caller(Tokens tokens)
{
    private const string Scheme = "Bearer ";
    private const int MaxTokenLength = 256;

    /// <summary>The grant of the request's token, which must be of this kind.</summary>
    /// <exception cref="ApiException"><c>INVALID_TOKEN</c>, <c>WRONG_TOKEN_KIND</c>.</exception>
    public async Task<TokenGrant> RequireAsync(HttpRequest request, TokenKind kind, CancellationToken cancellationToken)
    {
        var grant = await RequireAnyAsync(request, cancellationToken);
        return grant.Kind == kind
            ? grant
            : throw new ApiException(ErrorCode.WrongTokenKind, kind == TokenKind.Connection
                ? "This call takes a connection's token, not an application's."
                : "This call takes an application's token from POST /link/token, not a connection's.");
    }

    /// <summary>The grant of the request's token, of whichever kind.</summary>
    /// <exception cref="ApiException"><c>INVALID_TOKEN</c>.</exception>
    public Task<TokenGrant> RequireAnyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        tokens.CheckAsync(TokenOf(request), cancellationToken);

    /// <summary>The request's token itself.</summary>
    /// <exception cref="ApiException"><c>INVALID_TOKEN</c>: there is none.</exception>
    public static string TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length <= Scheme.Length + MaxTokenLength
            ? header[Scheme.Length..].Trim()
            : throw new ApiException(ErrorCode.InvalidToken, "Send the token as the header Authorization: Bearer <token>.");
    }
}
