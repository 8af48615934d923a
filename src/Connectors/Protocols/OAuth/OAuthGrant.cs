namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>What access tokens are asked for with: the grants of RFC 6749 that need nobody at a browser.</summary>
public enum OAuthGrant
{
    /// <summary>The client's own id and secret.</summary>
    ClientCredentials,

    /// <summary>A refresh token: at first the one among the credentials, then the one that came with the last access token.</summary>
    RefreshToken,
}
