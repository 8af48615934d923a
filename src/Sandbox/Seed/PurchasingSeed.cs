using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Seed;

internal static class PurchasingSeed
{
    private const int Orders = 120;

    private static readonly string[] Methods = ["road freight", "parcel service", "pick-up", "air freight"];

    public static void Write(SeedWriter seed)
    {
        for (var i = 0; i < Orders; i++)
        {
            Order(seed, age: 725d * (Orders - i) / Orders);
        }
    }

    private static void Order(SeedWriter seed, double age)
    {
        var vendor = seed.Pick("vendors");
        var state = age > 75
            ? seed.Pick(["received", "received", "received", "received", "received", "received", "cancelled"])
            : seed.Pick(["draft", "submitted", "approved", "approved", "partially_received", "received"]);
        var created = seed.DaysAgo(age);
        var approved = created.AddHours(seed.Random.Next(2, 70));
        var closed = approved.AddDays(seed.Random.Next(3, 40));
        var site = seed.Random.Next(1, 4);
        var order = new
        {
            title = $"Parts from {vendor["name"]}",
            memo = seed.Random.Next(4) == 0 ? "Please confirm the delivery date by e-mail." : null,
            state,
            vendor_id = vendor.Id,
            site_id = $"sit_{1000 + site}",
            requested_by = seed.Pick("users").Id,
            order_date = SeedWriter.Date(created),
            need_by = SeedWriter.Date(created.AddDays((double)(decimal)vendor["lead_time_days"]! + 7)),
            approved_by = IsApproved(state) ? "usr_1001" : null,
            approved_at = IsApproved(state) ? SeedWriter.Past(approved).ToUnixTimeSeconds() : (long?)null,
            closed_at = state is "received" or "cancelled" ? SeedWriter.Past(closed).ToUnixTimeSeconds() : (long?)null,
            shipping = new
            {
                method = seed.Pick(Methods),
                shipped_on = state is "received" or "partially_received" ? SeedWriter.Date(SeedWriter.Past(closed.AddDays(-2))) : null,
                address = Address(seed, site),
            },
            billing_address = Address(seed, 1),
            lines = Lines(seed, vendor, state == "partially_received"),
        };
        var record = seed.Add("purchase-orders", order, created, state == "draft" ? null : SeedWriter.Past(IsApproved(state) ? closed : approved));
        if (state is "received" or "partially_received")
        {
            Receive(seed, record, SeedWriter.Past(closed));
        }
    }

    private static bool IsApproved(string state) => state is "approved" or "partially_received" or "received";

    private static object[] Lines(SeedWriter seed, Record vendor, bool partly)
    {
        var catalog = seed.Rows("items").Where(item => Equals(item["preferred_vendor_id"], vendor.Id)).ToArray();
        Record[] choices = catalog.Length == 0 ? seed.Rows("items") : catalog;
        return
        [
            .. seed.Random.GetItems(choices, seed.Random.Next(1, 7)).Select((item, index) =>
            {
                var qty = item["unit_id"] is "ea" or "box" ? seed.Random.Next(1, 25) : seed.Random.Next(2, 40) * 5;
                var price = decimal.Round((decimal)item["standard_cost"]! * seed.Random.Next(92, 109) / 100, 2);
                return new
                {
                    item_id = item.Id,
                    qty,
                    unit_price = price,
                    account_id = "acc_1004",
                    qty_received = partly && index % 2 == 0 ? (qty + 1) / 2 : 0,
                };
            }),
        ];
    }

    /// <summary>What came in, and for complete orders the vendor's invoice for it.</summary>
    private static void Receive(SeedWriter seed, Record order, DateTimeOffset on)
    {
        var content = order.Open();
        var received = content["lines"]!.AsArray().Where(line => line!["qty_received"]!.GetValue<decimal>() > 0).Select(line => new
        {
            item_id = (string?)line!["item_id"],
            qty = line["qty_received"]!.GetValue<decimal>(),
            unit_price = line["unit_price"]!.GetValue<decimal>(),
        }).ToArray();
        var taxRate = content["tax_rate"]!.GetValue<decimal>();
        var receipt = new
        {
            purchase_order_id = order.Id,
            vendor_id = (string?)order["vendor_id"],
            site_id = (string?)order["site_id"],
            received_on = SeedWriter.Date(on),
            received_by = "usr_1006",
            delivery_note = $"DN-{seed.Random.Next(10_000, 99_999)}",
            currency = (string?)order["currency"],
            tax_rate = taxRate,
            lines = received,
        };
        seed.Add("receipts", receipt, on);
        if (order.State != "received")
        {
            return;
        }

        var invoice = new
        {
            vendor_invoice_number = $"{on:yyyy}-{seed.Random.Next(1000, 9999)}",
            state = on > SeedWriter.Today.AddDays(-30) ? "open" : seed.Pick(["paid", "paid", "paid", "paid", "disputed"]),
            vendor_id = (string?)order["vendor_id"],
            purchase_order_id = order.Id,
            invoice_date = SeedWriter.Date(on),
            due_date = SeedWriter.Date(on.AddDays(30)),
            received_on = SeedWriter.Date(on),
            currency = (string?)order["currency"],
            tax_rate = taxRate,
            lines = received,
        };
        seed.Add("invoices", invoice, on);
    }

    private static object Address(SeedWriter seed, int site)
    {
        var row = seed.Rows("sites")[site - 1];
        return new
        {
            street = (string?)row["address.street"],
            city = (string?)row["address.city"],
            postal_code = (string?)row["address.postal_code"],
            country = (string?)row["address.country"],
        };
    }
}
