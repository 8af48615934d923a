using Millwright.Core.Entities;

namespace Millwright.Core.Connections;

/// <summary>Asks for a page of an entity's records, in an order in which a walk over all pages misses none that is there all the time.</summary>
/// <param name="Entity">Which records; an entity whose <see cref="EntityCapability.Changes"/> is not <see cref="ChangeTracking.None"/>.</param>
public sealed record ScanRequest(EntityType Entity)
{
    /// <summary>The page size where none is asked for.</summary>
    public const int DefaultSize = 200;

    /// <summary>
    /// Only records that changed at this time or later, by the system's own clock; null for all. Given only where
    /// <see cref="EntityCapability.Changes"/> is <see cref="ChangeTracking.ModifiedTime"/>.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The <see cref="ScanPage.Position"/> of the page before; null for the first. The other values must be the same as then.</summary>
    public string? Position { get; init; }

    /// <summary>Records in a page, at most; 1 to 1,000.</summary>
    public int Size { get; init; } = DefaultSize;
}
