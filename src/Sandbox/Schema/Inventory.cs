using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Schema;

/// <summary>Who sells it, what it is, and how many are where.</summary>
internal static class Inventory
{
    public static IReadOnlyList<Collection> Collections { get; } =
    [
        new("vendors", "ven",
            [
                Text("number").ByServer(), ExternalReference(), Text("name").Needed(), Text("tax_id", 40), Text("email"), Text("phone", 40),
                Text("website"), Address("address"), Reference("currency", "currencies").Or("\"EUR\""), Text("payment_terms", 60),
                Amount("lead_time_days"), Flag("active").Or("true"), Text("notes", 4000), Custom(),
            ])
        { NumberPrefix = "V-", Verbs = Verbs.All },
        new("items", "itm",
            [
                Text("number").ByServer(), ExternalReference(), Text("name").Needed(), Text("description", 4000), Text("part_number", 60),
                Choice("kind", "material", "spare_part", "assembly", "consumable").Or("\"spare_part\""), Text("category", 60),
                Text("manufacturer"), Reference("unit_id", "units").Or("\"ea\""), Amount("standard_cost").Or("0"),
                Reference("currency", "currencies").Or("\"EUR\""), Reference("preferred_vendor_id", "vendors"),
                Choice("criticality", "low", "medium", "high"), Amount("weight_kg"), Flag("active").Or("true"), ItemUses("components"),
            ])
        { NumberPrefix = "IT-", Verbs = Verbs.All, SubLists = [new("children", "components")] },
        new("stock-levels", "stk",
            [
                Reference("item_id", "items").Needed().OnceOnly(), Text("item_number").ByServer().From("item_id", "number"),
                Text("item_name").ByServer().From("item_id", "name"), Reference("storeroom_id", "storerooms").Needed().OnceOnly(),
                Text("bin", 20), Amount("on_hand").Needed(), Amount("reserved").ByServer().Or("0"), Number("available").ByServer(),
                Amount("min"), Amount("max"), Amount("unit_cost").ByServer().From("item_id", "standard_cost"),
                Reference("unit_id", "units").ByServer().From("item_id", "unit_id"), Epoch("counted_at").ByServer(),
            ])
        { Complete = Rules.CompleteStockLevel },
    ];

    /// <summary>Items and how many of each an assembly or an asset is made of.</summary>
    public static Field ItemUses(string name) => Lines(
        name, Reference("item_id", "items").Needed(), Text("item_number").ByServer().From("item_id", "number"),
        Text("item_name").ByServer().From("item_id", "name"), Reference("unit_id", "units").ByServer().From("item_id", "unit_id"),
        Amount("qty").Needed(), Text("position", 20));
}
