namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>Sets a level by a stock count: a count of one product at one location is made and confirmed, and the level read back.</summary>
public sealed record TrytonCountSettings
{
    /// <summary>The entity that has the levels, whose mapping the body has; null for the entity itself, whose key then names the pair.</summary>
    public string? Levels { get; init; }
}
