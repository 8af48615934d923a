namespace Millwright.Sandbox.OAuth;

/// <summary>The tokens that came of one grant and of the refreshes after it.</summary>
/// <param name="Key">The company's key that they stand for.</param>
internal sealed record TokenFamily(string Key)
{
    /// <summary>The access tokens, with the time each ends.</summary>
    public Dictionary<string, DateTimeOffset> AccessTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>The one refresh token that has not been used; null where none was asked for.</summary>
    public string? RefreshToken { get; set; }
}
