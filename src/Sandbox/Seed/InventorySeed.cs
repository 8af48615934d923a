using System.Globalization;

namespace Millwright.Sandbox.Seed;

internal static class InventorySeed
{
    public static void Write(SeedWriter seed)
    {
        foreach (var cells in SeedWriter.Table("vendors.csv"))
        {
            Vendor(seed, cells);
        }

        foreach (var cells in SeedWriter.Table("items.csv"))
        {
            Item(seed, cells);
        }

        foreach (var item in seed.Rows("items"))
        {
            // Every item lies in the main store; some in a second one, nearer to where they are used.
            Level(seed, item.Id, 1);
            if (seed.Random.Next(2) == 0)
            {
                Level(seed, item.Id, seed.Random.Next(2, 5));
            }
        }
    }

    private static void Vendor(SeedWriter seed, string[] cells)
    {
        var domain = string.Concat(cells[0].ToLowerInvariant().TakeWhile(c => c != ' ').Where(char.IsAsciiLetter)) + ".example";
        var vendor = new
        {
            name = cells[0],
            tax_id = string.Create(CultureInfo.InvariantCulture, $"{cells[4]}{seed.Random.Next(100_000_000, 999_999_999)}"),
            email = "orders@" + domain,
            phone = string.Create(CultureInfo.InvariantCulture, $"+49 345 {seed.Random.Next(100_000, 999_999)}"),
            website = "https://www." + domain,
            address = new { street = cells[1], city = cells[2], postal_code = cells[3], country = cells[4] },
            currency = cells[5],
            payment_terms = cells[6],
            lead_time_days = Number(cells[7]),
            active = cells[2] != "Antwerpen",
        };
        seed.Add("vendors", vendor, seed.DaysAgo(800), seed.DaysAgo(seed.Random.Next(1, 700)));
    }

    private static void Item(SeedWriter seed, string[] cells)
    {
        var item = new
        {
            name = cells[0],
            description = $"{cells[0]}, {cells[4]} {cells[1]}",
            part_number = cells[1],
            kind = cells[2],
            category = cells[3],
            manufacturer = cells[4],
            unit_id = cells[5],
            standard_cost = Number(cells[6]),
            preferred_vendor_id = $"ven_{1000 + Number(cells[7])}",
            criticality = cells[8],
            weight_kg = Number(cells[9]),
            components = SeedWriter.ItemUses(cells[10]),
        };
        seed.Add("items", item, seed.DaysAgo(790), seed.DaysAgo(seed.Random.Next(1, 700)));
    }

    private static void Level(SeedWriter seed, string item, int storeroom)
    {
        var min = seed.Random.Next(0, 12);
        var onHand = seed.Random.Next(0, 60);
        var level = new
        {
            item_id = item,
            storeroom_id = $"sto_{1000 + storeroom}",
            bin = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + seed.Random.Next(6))}-{seed.Random.Next(1, 20):00}-{seed.Random.Next(1, 6)}"),
            on_hand = onHand,
            reserved = seed.Random.Next(0, onHand / 4 + 1),
            min,
            max = min + seed.Random.Next(10, 50),
        };
        seed.Add("stock-levels", level, seed.DaysAgo(780), seed.DaysAgo(seed.Random.Next(1, 300)));
    }

    private static decimal Number(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);
}
