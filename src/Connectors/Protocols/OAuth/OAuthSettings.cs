namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>Where a system issues access tokens by OAuth 2.0, and what for. Requests then carry <c>Authorization: Bearer</c>.</summary>
public sealed record OAuthSettings
{
    /// <summary>The path of the token endpoint, below the path of all requests; null where <see cref="Address"/> is given.</summary>
    public string? Path { get; init; }

    /// <summary>The credential that holds the token endpoint's whole address; null where <see cref="Path"/> is given.</summary>
    public string? Address { get; init; }

    /// <summary>What tokens are asked for with.</summary>
    public OAuthGrant Grant { get; init; }

    /// <summary>The credential that holds the client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The credential that holds the client's secret; null for a client without one.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>How the two are sent.</summary>
    public OAuthClientAuthentication ClientAuthentication { get; init; }

    /// <summary>The credential that holds the first refresh token; null for <see cref="OAuthGrant.ClientCredentials"/>.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>What the tokens shall be good for, separated by spaces; null to leave it to the system.</summary>
    public string? Scope { get; init; }
}
