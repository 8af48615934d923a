namespace Millwright.Core.Polling;

/// <summary>What the polls of a connection took of its requests lately.</summary>
public sealed record BudgetState
{
    /// <summary>The portions that were taken in about the last minute, the oldest first.</summary>
    public IReadOnlyList<BudgetPortion> Taken { get; init; } = [];

    /// <summary>The version that was read; null before it was stored.</summary>
    public string? ETag { get; init; }
}
