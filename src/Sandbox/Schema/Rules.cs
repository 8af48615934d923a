using System.Globalization;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Schema;

/// <summary>What the server computes from the values of a record before it is stored.</summary>
internal static class Rules
{
    public static void CompletePurchaseOrder(JsonObject order, DateTimeOffset now)
    {
        order["order_date"] ??= now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if ((string?)order["state"] == "received")
        {
            foreach (var line in Elements(order, "lines"))
            {
                line["qty_received"] = Number(line, "qty");
            }
        }

        CompleteTotals(order, now);
    }

    public static void CompleteTotals(JsonObject document, DateTimeOffset now)
    {
        var net = 0m;
        var lineNumber = 0;
        foreach (var line in Elements(document, "lines"))
        {
            var amount = Money(Number(line, "qty") * Number(line, "unit_price"));
            line["line_no"] = lineNumber += 10;
            line["amount"] = amount;
            net += amount;
        }

        var tax = Money(net * Number(document, "tax_rate") / 100);
        document["totals"] = new JsonObject { ["net"] = net, ["tax"] = tax, ["gross"] = net + tax };
    }

    public static void CompleteWorkOrder(JsonObject workOrder, DateTimeOffset now) =>
        workOrder["parts_cost"] = Money(Elements(workOrder, "parts").Sum(part => Number(part, "qty_used") * Number(part, "unit_cost")));

    public static void CompleteStockLevel(JsonObject level, DateTimeOffset now)
    {
        level["available"] = Number(level, "on_hand") - Number(level, "reserved");
        level["counted_at"] = now.ToUnixTimeSeconds();
    }

    private static IEnumerable<JsonObject> Elements(JsonObject record, string list) => record[list]!.AsArray().Select(node => node!.AsObject());

    private static decimal Number(JsonObject record, string field) => record[field]?.GetValue<decimal>() ?? 0;

    private static decimal Money(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
