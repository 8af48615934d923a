namespace Millwright.Core.Identity;

/// <summary>What a valid token stands for; all that an entity call needs to know, so that one point read is enough.</summary>
/// <param name="Kind">What it lets its holder do.</param>
/// <param name="ApplicationId">The application it belongs to.</param>
/// <param name="ConnectionId">The connection; null on an application's token.</param>
/// <param name="Provider">The connection's kind of system; null on an application's token.</param>
public sealed record TokenGrant(TokenKind Kind, string ApplicationId, string? ConnectionId = null, string? Provider = null);
