using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Seed;

/// <summary>The records every company starts with: the same ones each time. Made once per process, on first use.</summary>
internal static class SeedData
{
    private static readonly Lazy<IReadOnlyList<StoredRow>> Made = new(Make);

    public static IReadOnlyList<StoredRow> Rows => Made.Value;

    private static List<StoredRow> Make()
    {
        var writer = new SeedWriter();
        OrganizationSeed.Write(writer);
        InventorySeed.Write(writer);
        MaintenanceSeed.Write(writer);
        PurchasingSeed.Write(writer);
        return [.. Catalog.Collections.SelectMany(collection => writer.Rows(collection.Name)).Select(StoredRow.Of)];
    }
}
