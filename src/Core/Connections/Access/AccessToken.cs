namespace Millwright.Core.Connections.Access;

/// <summary>A token that a connected system issued for its own API, usually for a limited time.</summary>
/// <param name="Value">What calls carry.</param>
/// <param name="ObtainedAt">When it was asked for, by our clock.</param>
public sealed record AccessToken(string Value, DateTimeOffset ObtainedAt)
{
    /// <summary>How long before its end a token is replaced, at least; a short-lived one later.</summary>
    public static readonly TimeSpan LeastAhead = TimeSpan.FromMinutes(5);

    /// <summary>How long a token counts as just issued: one that the system refuses by then would be followed by another that it refuses.</summary>
    public static readonly TimeSpan Youth = TimeSpan.FromSeconds(30);

    /// <summary>What the next token is asked for with; null where the credentials are enough.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When it ends, by our clock; null where the system does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Everything that must not be shown.</summary>
    public IEnumerable<string> Secrets() => RefreshToken is null ? [Value] : [Value, RefreshToken];

    /// <summary>Whether it has not ended.</summary>
    public bool IsValidAt(DateTimeOffset now) => ExpiresAt is null || now < ExpiresAt;

    /// <summary>
    /// Whether it is time to replace it: in the last tenth of its life, or earlier so that <see cref="LeastAhead"/> is left, but not in the
    /// first half.
    /// </summary>
    public bool IsDueAt(DateTimeOffset now)
    {
        if (ExpiresAt is not { } end)
        {
            return false;
        }

        var life = end - ObtainedAt;
        var ahead = life / 10 > LeastAhead ? life / 10 : LeastAhead;
        return now >= end - (ahead < life / 2 ? ahead : life / 2);
    }

    /// <summary>Whether it was issued just now.</summary>
    public bool IsYoungAt(DateTimeOffset now) => now - ObtainedAt < Youth;

    /// <summary>Nothing that could be logged by accident.</summary>
    public override string ToString() => nameof(AccessToken);
}
