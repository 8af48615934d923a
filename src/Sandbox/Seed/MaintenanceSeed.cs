using System.Globalization;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Seed;

internal static class MaintenanceSeed
{
    private const int WorkOrders = 80;
    private const int ServiceRequests = 40;
    private const int ReadingsPerMeter = 40;

    private static readonly (string Title, string Kind, string Category)[] Jobs =
    [
        ("Replace bearings", "corrective", "Mechanical"), ("Mechanical seal leaking", "corrective", "Mechanical"),
        ("Vibration above limit", "corrective", "Mechanical"), ("Change filter elements", "preventive", "Filters"),
        ("Lubrication round", "preventive", "Lubrication"), ("Quarterly inspection", "inspection", "Safety"),
        ("Motor trips on overload", "corrective", "Electrical"), ("Calibrate instrument", "preventive", "Instruments"),
        ("Belt runs off centre", "corrective", "Mechanical"), ("Fit guard with interlock", "improvement", "Safety"),
        ("Oil change", "preventive", "Lubrication"), ("Replace worn coupling insert", "corrective", "Mechanical"),
    ];

    private static readonly string[] Steps =
        ["Lock out and tag out", "Take the guard off", "Do the work as instructed", "Test run for ten minutes", "Clean up and hand over"];

    private static readonly string[] Priorities = ["low", "normal", "normal", "normal", "high", "urgent"];

    public static void Write(SeedWriter seed)
    {
        foreach (var cells in SeedWriter.Table("assets.csv"))
        {
            Asset(seed, cells);
        }

        foreach (var asset in seed.Rows("assets").Where(row => row["category"] is "Pump" or "Compressor" or "Chiller"))
        {
            Meter(seed, asset, "Running hours", "h", "counter");
            Meter(seed, asset, "Bearing temperature", "degC", "gauge");
        }

        for (var i = 0; i < ServiceRequests; i++)
        {
            Request(seed, age: 700d * (ServiceRequests - i) / ServiceRequests);
        }

        for (var i = 0; i < WorkOrders; i++)
        {
            WorkOrder(seed, age: 720d * (WorkOrders - i) / WorkOrders);
        }
    }

    private static void Asset(SeedWriter seed, string[] cells)
    {
        var location = $"loc_{1000 + int.Parse(cells[6], CultureInfo.InvariantCulture)}";
        var built = seed.DaysAgo(seed.Random.Next(900, 5000));
        var asset = new
        {
            name = cells[0],
            description = cells[4].Length == 0 ? null : $"{cells[3]} {cells[4]}",
            parent_id = cells[1].Length == 0 ? null : $"ast_{1000 + int.Parse(cells[1], CultureInfo.InvariantCulture)}",
            site_id = (string?)seed.Rows("locations").Single(row => row.Id == location)["site_id"],
            location_id = location,
            team_id = $"tea_{seed.Random.Next(1001, 1004)}",
            vendor_id = seed.Rows("vendors").FirstOrDefault(row => cells[3].Length > 0 && ((string)row["name"]!).StartsWith(cells[3], StringComparison.Ordinal))?.Id,
            category = cells[2],
            make = SeedWriter.Optional(cells[3]),
            model = SeedWriter.Optional(cells[4]),
            serial_number = cells[4].Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{seed.Random.Next(100_000, 999_999)}-{built:yy}"),
            criticality = cells[5],
            installed_on = SeedWriter.Date(built),
            spare_parts = SeedWriter.ItemUses(cells[7]),
        };
        seed.Add("assets", asset, seed.DaysAgo(785), seed.DaysAgo(seed.Random.Next(1, 700)));
    }

    private static void Meter(SeedWriter seed, Record asset, string name, string unit, string kind)
    {
        var meter = seed.Add("meters", new { name, asset_id = asset.Id, unit_id = unit, kind }, seed.DaysAgo(720));
        var hours = seed.Random.Next(1000, 20_000);
        for (var i = ReadingsPerMeter; i > 0; i--)
        {
            var taken = seed.DaysAgo(i * 17);
            hours += seed.Random.Next(120, 400);
            var value = kind == "counter" ? hours : 45 + (seed.Random.Next(300) / 10m);
            seed.Add("meter-readings", new { meter_id = meter.Id, value, taken_at = taken.ToUnixTimeSeconds(), taken_by = "usr_1002" }, taken);
        }
    }

    private static void Request(SeedWriter seed, double age)
    {
        var asset = seed.Pick("assets");
        var (title, _, category) = seed.Pick(Jobs);
        var state = age > 120 ? seed.Pick(["closed", "closed", "closed", "rejected"]) : seed.Pick(["new", "new", "accepted"]);
        var created = seed.DaysAgo(age);
        var closed = created.AddDays(seed.Random.Next(1, 14));
        var request = new
        {
            title = $"{title}: {asset["name"]}",
            description = "Reported on the daily round.",
            state,
            category,
            priority = seed.Pick(Priorities),
            asset_id = asset.Id,
            location_id = (string?)asset["location_id"],
            site_id = (string?)asset["site_id"],
            team_id = (string?)asset["team_id"],
            requested_by = seed.Pick("users").Id,
            due_on = SeedWriter.Date(created.AddDays(14)),
            closed_at = state is "closed" or "rejected" ? closed.ToUnixTimeSeconds() : (long?)null,
        };
        seed.Add("service-requests", request, created, state == "new" ? null : SeedWriter.Past(closed));
    }

    private static void WorkOrder(SeedWriter seed, double age)
    {
        var asset = seed.Pick("assets");
        var (title, kind, category) = seed.Pick(Jobs);
        var state = age > 60 ? seed.Pick(["done", "done", "done", "done", "cancelled"]) : seed.Pick(["open", "open", "in_progress", "on_hold", "done"]);
        var created = seed.DaysAgo(age);
        var started = created.AddDays(seed.Random.Next(1, 6));
        var completed = started.AddHours(seed.Random.Next(1, 72));
        var minutes = seed.Random.Next(2, 32) * 15;
        var done = state == "done";
        var workOrder = new
        {
            title = $"{title}: {asset["name"]}",
            instructions = "Follow the site's lock-out procedure. Record the readings before and after.",
            state,
            kind,
            category,
            priority = seed.Pick(Priorities),
            asset_id = asset.Id,
            location_id = (string?)asset["location_id"],
            site_id = (string?)asset["site_id"],
            team_id = (string?)asset["team_id"],
            assigned_to = seed.Pick("users").Id,
            service_request_id = seed.Random.Next(3) == 0 ? seed.Pick("service-requests").Id : null,
            account_id = "acc_1004",
            storeroom_id = "sto_1001",
            schedule = new { start = started.ToUnixTimeSeconds(), due = created.AddDays(14).ToUnixTimeSeconds() },
            effort = new { estimated_minutes = minutes, actual_minutes = done ? minutes + (seed.Random.Next(-2, 6) * 5) : (int?)null },
            started_at = state is "open" or "cancelled" ? (long?)null : SeedWriter.Past(started).ToUnixTimeSeconds(),
            completed_at = done ? SeedWriter.Past(completed).ToUnixTimeSeconds() : (long?)null,
            completion_notes = done ? "Done, test run without findings." : null,
            tasks = Steps.Take(seed.Random.Next(1, 6)).Select(step => new { title = step, estimated_minutes = 15, done }),
            parts = Enumerable.Range(0, seed.Random.Next(4)).Select(_ => Part(seed, done)),
        };
        seed.Add("work-orders", workOrder, created, state == "open" ? null : SeedWriter.Past(done ? completed : started));
    }

    private static object Part(SeedWriter seed, bool used)
    {
        var planned = seed.Random.Next(1, 5);
        return new { item_id = seed.Pick("items").Id, qty_planned = planned, qty_used = used ? planned : 0 };
    }
}
