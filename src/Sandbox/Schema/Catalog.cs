namespace Millwright.Sandbox.Schema;

/// <summary>Every collection, in an order in which each refers only to itself and to earlier ones.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Collection> Collections { get; } =
        [.. Organization.Collections, .. Inventory.Collections, .. Maintenance.Collections, .. Purchasing.Collections];

    public static Collection Get(string name) => Collections.Single(collection => collection.Name == name);
}
