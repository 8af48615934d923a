using System.Collections.Concurrent;
using Azure.Core;

namespace Millwright.OnAzure.Tests.Loopback;

/// <summary>Gives one token and remembers the scopes it was asked for.</summary>
internal sealed class StaticCredential(string token = StaticCredential.GoodToken) : TokenCredential
{
    public const string GoodToken = "eyJ0-good-token";

    public ConcurrentQueue<string> Scopes { get; } = new();

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.Enqueue(string.Join(' ', requestContext.Scopes));
        return new AccessToken(token, DateTimeOffset.MaxValue);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
