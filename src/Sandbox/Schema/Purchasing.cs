using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Schema;

/// <summary>From the order to the paid invoice.</summary>
internal static class Purchasing
{
    private static readonly StateMachine OrderStates = new(
        [
            ("draft", ["submitted", "cancelled"]), ("submitted", ["draft", "approved", "cancelled"]),
            ("approved", ["partially_received", "received", "cancelled"]), ("partially_received", ["received"]),
            ("received", []), ("cancelled", []),
        ])
    {
        Deletable = ["draft", "cancelled"],
        Stamps = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["approved"] = ["approved_at", "approved_by"],
            ["received"] = ["closed_at"],
            ["cancelled"] = ["closed_at"],
        },
    };

    public static IReadOnlyList<Collection> Collections { get; } =
    [
        new("purchase-orders", "po",
            [
                Text("number").ByServer(), ExternalReference(), Text("title"), Text("memo", 4000),
                Choice("state", OrderStates.States).ByServer(), Reference("vendor_id", "vendors").Needed(),
                Reference("site_id", "sites").Or("\"sit_1001\""), Reference("location_id", "locations"),
                Reference("requested_by", "users"), Reference("approved_by", "users").ByServer(),
                Date("order_date"), Date("need_by"), Epoch("approved_at").ByServer(), Epoch("closed_at").ByServer(),
                Reference("currency", "currencies").From("vendor_id", "currency"),
                Text("payment_terms", 60).From("vendor_id", "payment_terms"),
                Group("shipping", Text("method", 60), Date("shipped_on"), Address("address")), Address("billing_address"),
                Amount("tax_rate").Or("19") with { Max = 100 }, Totals(),
                Lines("lines",
                    [
                        .. OrderLine(), Amount("qty_received").ByServer().Or("0"), Date("need_by"), Reference("account_id", "accounts"),
                        Text("notes", 4000),
                    ]).Needed(),
                Text("notes", 4000), Custom(),
            ])
        { NumberPrefix = "PO-", Verbs = Verbs.All, States = OrderStates, Complete = Rules.CompletePurchaseOrder },
        new("receipts", "rcp",
            [
                Text("number").ByServer(), Reference("purchase_order_id", "purchase-orders"), Reference("vendor_id", "vendors"),
                Reference("site_id", "sites"), Date("received_on"), Reference("received_by", "users"), Text("delivery_note", 60),
                Reference("currency", "currencies"), Amount("tax_rate"), Totals(), Lines("lines", OrderLine()), Text("notes", 4000),
            ])
        { NumberPrefix = "GR-", Complete = Rules.CompleteTotals },
        new("invoices", "inv",
            [
                Text("number").ByServer(), Text("vendor_invoice_number", 60), Choice("state", "open", "paid", "disputed"),
                Reference("vendor_id", "vendors"), Reference("purchase_order_id", "purchase-orders"), Date("invoice_date"), Date("due_date"),
                Date("received_on"), Reference("currency", "currencies"), Amount("tax_rate"), Totals(), Lines("lines", OrderLine()),
            ])
        { NumberPrefix = "AP-", Complete = Rules.CompleteTotals },
    ];

    private static Field[] OrderLine() =>
    [
        Number("line_no").ByServer(), Reference("item_id", "items").Needed(), Text("description", 4000).From("item_id", "name"),
        Amount("qty").Needed() with { Min = 0.001m }, Reference("unit_id", "units").From("item_id", "unit_id"),
        Amount("unit_price").From("item_id", "standard_cost"), Amount("amount").ByServer(),
    ];

    private static Field Totals() => Group("totals", Amount("net"), Amount("tax"), Amount("gross")).ByServer();
}
