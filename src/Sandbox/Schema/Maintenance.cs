using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Schema;

/// <summary>Machines, what is wrong with them, and who mends them.</summary>
internal static class Maintenance
{
    private static readonly StateMachine RequestStates = new(
        [("new", ["accepted", "rejected"]), ("accepted", ["closed"]), ("rejected", []), ("closed", [])])
    {
        Deletable = ["new", "rejected"],
        Stamps = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["closed"] = ["closed_at"], ["rejected"] = ["closed_at"] },
    };

    private static readonly StateMachine WorkOrderStates = new(
        [
            ("open", ["in_progress", "on_hold", "cancelled"]), ("in_progress", ["on_hold", "done", "cancelled"]),
            ("on_hold", ["in_progress", "cancelled"]), ("done", []), ("cancelled", []),
        ])
    {
        Deletable = ["open", "cancelled"],
        Stamps = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["in_progress"] = ["started_at"],
            ["done"] = ["completed_at"],
        },
    };

    public static IReadOnlyList<Collection> Collections { get; } =
    [
        new("assets", "ast",
            [
                Text("number").ByServer(), ExternalReference(), Text("name").Needed(), Text("description", 4000),
                Reference("parent_id", "assets"), Reference("site_id", "sites").Needed(), Reference("location_id", "locations"),
                Reference("vendor_id", "vendors"), Reference("team_id", "teams"), Text("category", 60), Text("make"), Text("model"),
                Text("serial_number", 60), Choice("criticality", "low", "medium", "high"), Flag("active").Or("true"),
                Date("installed_on"), Date("retired_on"), Text("notes", 4000), Inventory.ItemUses("spare_parts"),
            ])
        { NumberPrefix = "A-", Verbs = Verbs.All, SubLists = [new("items", "spare_parts")] },
        new("meters", "mtr",
            [
                Text("number").ByServer(), Text("name").Needed(), Reference("asset_id", "assets").Needed(),
                Reference("unit_id", "units").Needed(), Choice("kind", "counter", "gauge").Or("\"gauge\""), Flag("active").Or("true"),
            ])
        { NumberPrefix = "M-", Verbs = Verbs.Create | Verbs.Update },
        new("meter-readings", "rdg",
            [
                Reference("meter_id", "meters").Needed(), Number("value").Needed(), Epoch("taken_at").Needed(),
                Reference("taken_by", "users"),
            ])
        { Verbs = Verbs.Create, CursorFilter = "meter_id" },
        new("service-requests", "srq",
            [
                Text("number").ByServer(), ExternalReference(), Text("title").Needed(), Text("description", 4000),
                Choice("state", RequestStates.States).ByServer(), Priority(), Reference("asset_id", "assets"),
                Reference("location_id", "locations"), Reference("site_id", "sites"), Reference("team_id", "teams"),
                Reference("requested_by", "users"), Text("category", 60), Date("due_on"), Epoch("closed_at").ByServer(), Text("notes", 4000),
            ])
        { NumberPrefix = "SR-", Verbs = Verbs.All, States = RequestStates },
        new("work-orders", "wo",
            [
                Text("number").ByServer(), ExternalReference(), Text("title").Needed(), Text("instructions", 4000),
                Choice("state", WorkOrderStates.States).ByServer(),
                Choice("kind", "corrective", "preventive", "inspection", "improvement").Or("\"corrective\""), Priority(),
                Text("category", 60), Reference("asset_id", "assets"), Reference("site_id", "sites"),
                Reference("location_id", "locations"), Reference("team_id", "teams"), Reference("assigned_to", "users"),
                Reference("parent_id", "work-orders"), Reference("service_request_id", "service-requests"),
                Reference("account_id", "accounts"), Reference("storeroom_id", "storerooms"),
                Group("schedule", Epoch("start"), Epoch("due")), Group("effort", Amount("estimated_minutes"), Amount("actual_minutes")),
                Epoch("started_at").ByServer(), Epoch("completed_at").ByServer(), Text("completion_notes", 4000),
                Lines("tasks", Text("title").Needed(), Amount("estimated_minutes"), Flag("done").Or("false")),
                Lines("parts",
                    Reference("item_id", "items").Needed(), Text("item_number").ByServer().From("item_id", "number"),
                    Text("item_name").ByServer().From("item_id", "name"), Reference("unit_id", "units").ByServer().From("item_id", "unit_id"),
                    Amount("qty_planned").Needed(), Amount("qty_used").Or("0"), Amount("unit_cost").From("item_id", "standard_cost")),
                Amount("parts_cost").ByServer(), Text("notes", 4000), Custom(),
            ])
        {
            NumberPrefix = "WO-",
            Verbs = Verbs.All,
            States = WorkOrderStates,
            SubLists = [new("parts", "parts", Writable: true)],
            Complete = Rules.CompleteWorkOrder,
        },
    ];

    private static Field Priority() => Choice("priority", "low", "normal", "high", "urgent").Or("\"normal\"");
}
