namespace Millwright.Core.Events;

/// <summary>What is asked of the change feed.</summary>
/// <param name="ApplicationId">Whose events.</param>
public sealed record FeedQuery(string ApplicationId)
{
    /// <summary>Where to read on; null for the oldest event there is.</summary>
    public string? Cursor { get; init; }

    /// <summary>Only those of this connection.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Only those of this entity.</summary>
    public string? Entity { get; init; }

    /// <summary>At most how many; 1 or more.</summary>
    public int Limit { get; init; } = 100;
}
