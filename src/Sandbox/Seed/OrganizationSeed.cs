namespace Millwright.Sandbox.Seed;

internal static class OrganizationSeed
{
    private static readonly (string Id, string Name, string Symbol, int Decimals)[] Currencies =
    [
        ("EUR", "Euro", "€", 2), ("USD", "US dollar", "$", 2), ("GBP", "Pound sterling", "£", 2), ("CHF", "Swiss franc", "Fr.", 2),
        ("SEK", "Swedish krona", "kr", 2), ("JPY", "Yen", "¥", 0),
    ];

    private static readonly (string Id, string Name, string Kind)[] Units =
    [
        ("ea", "Each", "count"), ("box", "Box", "count"), ("m", "Metre", "length"), ("kg", "Kilogram", "mass"), ("l", "Litre", "volume"),
        ("h", "Hour", "time"), ("bar", "Bar", "other"), ("degC", "Degree Celsius", "other"), ("mm_s", "Millimetre per second", "other"),
    ];

    private static readonly (string Code, string Name, string Kind)[] Accounts =
    [
        ("1400", "Spare parts inventory", "asset"), ("3300", "Trade payables", "liability"), ("4000", "Sales", "revenue"),
        ("6100", "Maintenance materials", "expense"), ("6110", "Maintenance services", "expense"), ("6200", "Operating supplies", "expense"),
        ("6300", "Safety equipment", "expense"), ("6800", "Freight in", "expense"),
    ];

    private static readonly (string Code, string Name, string Kind, int Site)[] Locations =
    [
        ("H-00", "Water hall", "building", 1), ("H-10", "Filtration bay 1", "line", 1), ("H-20", "Filtration bay 2", "line", 1),
        ("H-30", "Dosing room", "room", 1), ("H-40", "Utilities building", "building", 1), ("L-00", "Packaging hall", "building", 2),
        ("L-10", "Line 1", "line", 2), ("L-20", "Line 2", "line", 2), ("L-30", "Line 3", "line", 2), ("S-00", "Service depot", "building", 3),
    ];

    private static readonly (string Name, string Role, int Site, int Team, decimal Rate)[] Users =
    [
        ("Ines Albrecht", "manager", 1, 4, 62), ("Tomasz Wrona", "technician", 1, 1, 41), ("Lena Fischer", "technician", 1, 2, 43),
        ("Omar Haddad", "planner", 1, 1, 48), ("Birgit Sommer", "buyer", 1, 4, 45), ("Jonas Petersen", "storekeeper", 1, 4, 36),
        ("Carla Ricci", "technician", 2, 3, 42), ("Emil Novak", "technician", 2, 3, 40), ("Sofia Lindqvist", "planner", 2, 3, 47),
        ("Piet de Vries", "buyer", 2, 4, 45), ("Aylin Demir", "storekeeper", 2, 4, 36), ("Marek Zeman", "technician", 3, 1, 41),
    ];

    public static void Write(SeedWriter seed)
    {
        var founded = seed.DaysAgo(900);
        foreach (var (id, name, symbol, decimals) in Currencies)
        {
            seed.Add("currencies", new { id, name, symbol, decimals }, founded);
        }

        foreach (var (id, name, kind) in Units)
        {
            seed.Add("units", new { id, name, kind }, founded);
        }

        foreach (var (code, name, kind) in Accounts)
        {
            seed.Add("accounts", new { code, name, kind, active = true }, founded);
        }

        Company(seed, "HPW", "Hallstatt Process Water GmbH", "DE811907980", "Saalestraße 40", "Halle", "06118", founded);
        Company(seed, "HPS", "Hallstatt Plant Services GmbH", "DE811907981", "Hafenweg 2", "Rostock", "18147", founded);
        Site(seed, "HAL", "Halle works", "com_1001", "Saalestraße 40", "Halle", "06118", founded);
        Site(seed, "LEU", "Leuna works", "com_1001", "Am Haupttor 12", "Leuna", "06237", founded);
        Site(seed, "ROS", "Rostock depot", "com_1002", "Hafenweg 2", "Rostock", "18147", founded);
        foreach (var (code, name, kind, site) in Locations)
        {
            seed.Add("locations", new { code, name, kind, site_id = $"sit_{1000 + site}", parent_id = ParentOf(code) }, founded);
        }

        foreach (var (code, name, site, location) in new[] { ("HAL-1", "Halle main store", 1, 5), ("HAL-2", "Halle line store", 1, 2), ("LEU-1", "Leuna store", 2, 6), ("ROS-1", "Rostock depot store", 3, 10) })
        {
            seed.Add("storerooms", new { code, name, site_id = $"sit_{1000 + site}", location_id = $"loc_{1000 + location}" }, founded);
        }

        foreach (var (code, name, site) in new[] { ("MECH", "Mechanical", 1), ("ELEC", "Electrical and instruments", 1), ("PACK", "Packaging", 2), ("OFFICE", "Planning and stores", 1) })
        {
            seed.Add("teams", new { code, name, site_id = $"sit_{1000 + site}" }, founded);
        }

        foreach (var (name, role, site, team, rate) in Users)
        {
            var login = name.ToLowerInvariant().Replace(' ', '.');
            var user = new
            {
                login,
                name,
                role,
                email = login + "@hallstatt.example",
                site_id = $"sit_{1000 + site}",
                team_id = $"tea_{1000 + team}",
                hourly_rate = rate,
                active = true,
            };
            seed.Add("users", user, founded);
        }
    }

    private static string? ParentOf(string code) => code switch
    {
        ['H', _, '1' or '2' or '3', ..] => "loc_1001",
        ['L', _, '1' or '2' or '3', ..] => "loc_1006",
        _ => null,
    };

    private static void Company(SeedWriter seed, string code, string name, string vat, string street, string city, string postalCode, DateTimeOffset founded) =>
        seed.Add("companies", new { code, name, vat_number = vat, currency = "EUR", address = Address(street, city, postalCode) }, founded);

    private static void Site(SeedWriter seed, string code, string name, string company, string street, string city, string postalCode, DateTimeOffset founded) =>
        seed.Add("sites", new { code, name, company_id = company, address = Address(street, city, postalCode) }, founded);

    private static object Address(string street, string city, string postalCode) => new { street, city, postal_code = postalCode, country = "DE" };
}
