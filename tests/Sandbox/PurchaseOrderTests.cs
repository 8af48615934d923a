using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

public sealed class PurchaseOrderTests(SandboxFixture fixture)
{
    [Fact]
    public async Task A_new_order_gets_an_id_a_number_totals_and_what_its_vendor_and_items_say()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateAsync("purchase-orders", new
        {
            vendor_id = "ven_1007",
            tax_rate = 10,
            lines = new object[] { new { item_id = "itm_1001", qty = 3, unit_price = 1.115 }, new { item_id = "itm_1002", qty = 2 } },
        });
        Assert.Equal("po_1121", (string?)order["id"]);
        Assert.Equal("PO-1121", (string?)order["number"]);
        Assert.Equal("draft", (string?)order["state"]);
        Assert.Equal("2026-11-02", (string?)order["order_date"]);
        Assert.Equal("GBP", (string?)order["currency"]);
        Assert.Equal("2026-11-02T09:30:00.000Z", (string?)order["created_at"]);
        Assert.Equal("Deep groove ball bearing 6204-2RS", (string?)order["lines"]![0]!["description"]);
        Assert.Equal(20, (int?)order["lines"]![1]!["line_no"]);
        Assert.Equal("""{"net":17.65,"tax":1.77,"gross":19.42}""", order["totals"]!.ToJsonString());
        Assert.Equal(order.ToJsonString(), (await client.GetAsync("purchase-orders/po_1121")).ToJsonString());
    }

    [Fact]
    public async Task The_answer_to_a_creation_says_where_the_record_is()
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendAsync("POST", "vendors", new { name = "New" });
        Assert.Equal("/v1/vendors/ven_1026", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Two_orders_may_carry_the_same_external_reference()
    {
        using var client = fixture.NewCompany();
        await client.CreateOrderAsync("REF-1");
        await client.CreateOrderAsync("REF-1");
        Assert.Equal(2, (await client.ItemsAsync("purchase-orders?external_ref=REF-1")).Count);
    }

    [Fact]
    public async Task Custom_fields_come_back_as_they_were()
    {
        using var client = fixture.NewCompany();
        var vendor = await client.CreateAsync("vendors", new { name = "N", custom = new { tier = 1, tags = new[] { "ä", "b" } } });
        Assert.Equal("""{"tier":1,"tags":["ä","b"]}""", vendor["custom"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Every_wrong_field_is_named_and_nothing_is_written()
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(HttpStatusCode.UnprocessableEntity, "validation_failed", "POST", "purchase-orders", new
        {
            vendor_id = "ven_9999",
            state = "approved",
            order_date = "yesterday",
            external_ref = new string('x', 65),
            colour = "red",
            tax_rate = "19",
            shipping = new { address = new { country = "DEU" } },
            lines = new object[] { new { item_id = "itm_1001", qty = 0 }, new { qty = 1 }, 7 },
        });
        var fields = error["fields"]!.AsObject();
        Assert.Equal(
            [
                "colour", "external_ref", "lines[0].qty", "lines[1].item_id", "lines[2]", "lines[2].item_id", "lines[2].qty", "order_date",
                "shipping.address.country", "state", "tax_rate", "vendor_id",
            ],
            fields.Select(field => field.Key));
        Assert.Equal("does not exist", (string?)fields["vendor_id"]);
        Assert.Equal("is set by the server", (string?)fields["state"]);
        Assert.Equal(120, (int?)(await client.GetAsync("purchase-orders"))["total"]);
    }

    [Fact]
    public async Task An_order_needs_a_vendor_and_lines()
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(HttpStatusCode.UnprocessableEntity, "validation_failed", "POST", "purchase-orders", new { lines = Array.Empty<int>() });
        Assert.Equal("""{"lines":"must have at least one element","vendor_id":"is required"}""", error["fields"]!.ToJsonString());
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_keeps_the_rest()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateOrderAsync("REF-2");
        var changed = await client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"purchase-orders/{order["id"]}", new
        {
            title = "Changed",
            external_ref = (string?)null,
            shipping = new { method = "pick-up" },
            lines = new[] { new { item_id = "itm_1002", qty = 4, unit_price = 2.5 } },
        });
        Assert.Equal("Changed", (string?)changed["title"]);
        Assert.Null(changed["external_ref"]);
        Assert.Equal("pick-up", (string?)changed["shipping"]!["method"]);
        Assert.Equal("itm_1002", (string?)Assert.Single(changed["lines"]!.AsArray())!["item_id"]);
        Assert.Equal(10, (decimal?)changed["totals"]!["net"]);
        Assert.Equal((string?)order["vendor_id"], (string?)changed["vendor_id"]);
        Assert.Equal((string?)order["number"], (string?)changed["number"]);
    }

    [Fact]
    public async Task A_required_field_cannot_be_cleared()
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "validation_failed", "PATCH", "purchase-orders/po_1120", new { vendor_id = (string?)null });
        Assert.Equal("is required", (string?)error["fields"]!["vendor_id"]);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("cancelled")]
    public async Task A_closed_order_cannot_be_changed(string state)
    {
        using var client = fixture.NewCompany();
        var order = (await client.ItemsAsync($"purchase-orders?state={state}"))[0];
        await client.RefusedAsync(HttpStatusCode.Conflict, "record_closed", "PATCH", $"purchase-orders/{order["id"]}", new { title = "X" });
    }

    [Fact]
    public async Task An_order_walks_from_draft_to_received()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateOrderAsync();
        await client.MoveAsync("purchase-orders", order, "submitted");
        var approved = await client.MoveAsync("purchase-orders", order, "approved");
        Assert.Equal("usr_1001", (string?)approved["approved_by"]);
        Assert.Equal(fixture.Time.GetUtcNow().ToUnixTimeSeconds(), (long?)approved["approved_at"]);
        await client.MoveAsync("purchase-orders", order, "partially_received");
        var received = await client.MoveAsync("purchase-orders", order, "received");
        Assert.NotNull(received["closed_at"]);
        Assert.Equal(2, (int?)received["lines"]![0]!["qty_received"]);
    }

    [Fact]
    public async Task An_illegal_move_names_the_legal_ones()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateOrderAsync();
        var error = await client.RefusedAsync(
            HttpStatusCode.Conflict, "invalid_transition", "POST", $"purchase-orders/{order["id"]}/transitions", new { to = "received" });
        Assert.Equal("draft", (string?)error["from"]);
        Assert.Equal("""["submitted","cancelled"]""", error["allowed"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"to":"lost"}""")]
    [InlineData("{}")]
    public async Task A_move_to_no_known_state_is_not_valid(string body)
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("POST", "purchase-orders/po_1120/transitions", body);
        var answer = await SandboxClient.ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(answer["error"]!["fields"]!["to"]);
    }

    [Fact]
    public async Task A_draft_is_deleted_and_its_id_not_given_again()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateOrderAsync();
        await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"purchase-orders/{order["id"]}");
        await client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", $"purchase-orders/{order["id"]}");
        Assert.NotEqual((string?)order["id"], (string?)(await client.CreateOrderAsync())["id"]);
    }

    [Fact]
    public async Task An_approved_order_is_not_deleted()
    {
        using var client = fixture.NewCompany();
        JsonObject order = (await client.ItemsAsync("purchase-orders?state=approved"))[0];
        var error = await client.RefusedAsync(HttpStatusCode.Conflict, "invalid_state", "DELETE", $"purchase-orders/{order["id"]}");
        Assert.Equal("""["draft","cancelled"]""", error["allowed"]!.ToJsonString());
    }

    [Fact]
    public async Task A_vendor_with_orders_is_not_deleted()
    {
        using var client = fixture.NewCompany();
        await client.CreateOrderAsync();
        await client.RefusedAsync(HttpStatusCode.Conflict, "in_use", "DELETE", "vendors/ven_1001");
    }

    [Fact]
    public async Task An_item_that_only_a_line_refers_to_is_not_deleted()
    {
        using var client = fixture.NewCompany();
        var item = await client.CreateAsync("items", new { name = "Odd part" });
        await client.CreateAsync("assets", new { name = "Odd machine", site_id = "sit_1001", spare_parts = new[] { new { item_id = (string?)item["id"], qty = 1 } } });
        await client.RefusedAsync(HttpStatusCode.Conflict, "in_use", "DELETE", $"items/{item["id"]}");
    }

    [Fact]
    public async Task A_vendor_without_orders_is_deleted()
    {
        using var client = fixture.NewCompany();
        var vendor = await client.CreateAsync("vendors", new { name = "Short-lived" });
        await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"vendors/{vendor["id"]}");
    }
}
