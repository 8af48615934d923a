namespace Millwright.Core.Identity;

/// <summary>A new token. This is the only time that it can be seen.</summary>
/// <param name="Token">The token.</param>
/// <param name="Lifetime">How long it holds; null until it is revoked.</param>
public sealed record IssuedToken(string Token, TimeSpan? Lifetime);
