using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

public sealed class WorkOrderTests(SandboxFixture fixture)
{
    [Fact]
    public async Task A_work_order_is_done_only_after_it_was_in_progress()
    {
        using var client = fixture.NewCompany();
        var order = await client.CreateAsync("work-orders", new { title = "Grease bearings", asset_id = "ast_1003" });
        var error = await client.RefusedAsync(
            HttpStatusCode.Conflict, "invalid_transition", "POST", $"work-orders/{order["id"]}/transitions", new { to = "done" });
        Assert.Equal("""["in_progress","on_hold","cancelled"]""", error["allowed"]!.ToJsonString());
        Assert.NotNull((await client.MoveAsync("work-orders", order, "in_progress"))["started_at"]);
        Assert.NotNull((await client.MoveAsync("work-orders", order, "done"))["completed_at"]);
    }

    [Fact]
    public async Task Parts_are_added_counted_and_listed()
    {
        using var client = fixture.NewCompany();
        var parts = await PartsOfNewOrderAsync(client);
        var part = await client.ExpectAsync(HttpStatusCode.Created, "POST", parts, new { item_id = "itm_1001", qty_planned = 2 });
        Assert.Equal("1", (string?)part["id"]);
        Assert.Equal("IT-1001", (string?)part["item_number"]);
        await client.ExpectAsync(HttpStatusCode.Created, "POST", parts, new { item_id = "itm_1002", qty_planned = 1 });
        part = await client.ExpectAsync(HttpStatusCode.OK, "PUT", parts + "/1", new { qty_used = 2 });
        Assert.Equal(2, (int?)part["qty_planned"]);
        var listed = await client.GetAsync(parts + "?page=1&page_size=1");
        Assert.Equal(2, (int?)listed["total"]);
        Assert.Equal(part.ToJsonString(), SandboxClient.Items(listed)[0].ToJsonString());
        Assert.Equal(12.8m, (decimal?)(await client.GetAsync(parts[..^"/parts".Length]))["parts_cost"]);
    }

    [Fact]
    public async Task A_part_that_is_not_there_is_not_found()
    {
        using var client = fixture.NewCompany();
        await client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "PUT", await PartsOfNewOrderAsync(client) + "/7", new { qty_used = 2 });
    }

    [Fact]
    public async Task A_part_with_a_dangling_item_is_not_valid()
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "validation_failed", "POST", await PartsOfNewOrderAsync(client), new { item_id = "itm_1", qty_planned = 1 });
        Assert.Equal("does not exist", (string?)error["fields"]!["item_id"]);
    }

    [Fact]
    public async Task A_closed_work_order_takes_no_parts()
    {
        using var client = fixture.NewCompany();
        JsonObject done = (await client.ItemsAsync("work-orders?state=done"))[0];
        await client.RefusedAsync(
            HttpStatusCode.Conflict, "record_closed", "POST", $"work-orders/{done["id"]}/parts", new { item_id = "itm_1001", qty_planned = 1 });
    }

    private static async Task<string> PartsOfNewOrderAsync(SandboxClient client) =>
        $"work-orders/{(await client.CreateAsync("work-orders", new { title = "T" }))["id"]}/parts";
}
