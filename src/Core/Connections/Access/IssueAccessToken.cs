namespace Millwright.Core.Connections.Access;

/// <summary>Asks the connected system for a token. Called by one at a time for a connection.</summary>
/// <param name="latest">The last token that the system issued, whose refresh token is good for one more; null on the first time.</param>
/// <param name="cancellationToken">Ends the call, whose outcome is unknown then.</param>
/// <exception cref="Errors.ApiException">
/// <c>AUTHENTICATION_FAILED</c>: the system refuses to issue one; or what kept it from answering.
/// </exception>
public delegate Task<AccessToken> IssueAccessToken(AccessToken? latest, CancellationToken cancellationToken);
