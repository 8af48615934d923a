namespace Millwright.Core.Polling;

/// <summary>All there is of a connection's sync.</summary>
public sealed class SyncOverview
{
    /// <summary>The whole.</summary>
    public ConnectionSync Connection { get; internal set; } = null!;

    /// <summary>What the polls spent of their requests.</summary>
    public BudgetState Budget { get; internal set; } = new();

    /// <summary>The entities that were polled, by name.</summary>
    public Dictionary<string, EntitySync> Entities { get; } = new(StringComparer.Ordinal);

    /// <summary>When the last webhook about an entity came in, by name; to within a minute.</summary>
    public Dictionary<string, DateTimeOffset> WebhooksAt { get; } = new(StringComparer.Ordinal);
}
