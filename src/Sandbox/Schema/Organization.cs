using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Schema;

/// <summary>Who and where: the master data everything else points at.</summary>
internal static class Organization
{
    public static IReadOnlyList<Collection> Collections { get; } =
    [
        new("currencies", "cur", [Text("name"), Text("symbol", 5), Number("decimals")]),
        new("units", "uom", [Text("name"), Choice("kind", "count", "length", "mass", "volume", "time", "other")]),
        new("accounts", "acc", [Text("code", 20), Text("name"), Choice("kind", "expense", "asset", "liability", "revenue"), Flag("active")]),
        new("companies", "com",
            [Text("code", 20), Text("name"), Reference("currency", "currencies"), Text("vat_number", 30), Address("address")]),
        new("sites", "sit",
            [
                Text("code", 20).Needed(), Text("name").Needed(), Reference("company_id", "companies"),
                Text("time_zone", 60).Or("\"Europe/Berlin\""), Address("address"),
            ])
        { Verbs = Verbs.All },
        new("locations", "loc",
            [
                Text("code", 20).Needed(), Text("name").Needed(), Reference("site_id", "sites").Needed(), Reference("parent_id", "locations"),
                Choice("kind", "building", "area", "line", "room").Or("\"area\""),
            ])
        { Verbs = Verbs.All },
        new("storerooms", "sto",
            [Text("code", 20).Needed(), Text("name").Needed(), Reference("site_id", "sites").Needed(), Reference("location_id", "locations")])
        { Verbs = Verbs.All },
        new("teams", "tea", [Text("code", 20).Needed(), Text("name").Needed(), Reference("site_id", "sites")]) { Verbs = Verbs.All },
        new("users", "usr",
            [
                Text("login", 60), Text("name"), Text("email"), Choice("role", "technician", "planner", "buyer", "storekeeper", "manager"),
                Reference("site_id", "sites"), Reference("team_id", "teams"), Amount("hourly_rate"), Flag("active"),
            ]),
    ];
}
