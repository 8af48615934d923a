using System.Net;

namespace Millwright.Sandbox.Tests;

public sealed class StockTests(SandboxFixture fixture)
{
    [Fact]
    public async Task A_level_is_set_and_what_is_available_follows()
    {
        using var client = fixture.NewCompany();
        var level = await client.ExpectAsync(HttpStatusCode.OK, "PUT", "stock-levels/stk_1001", new { on_hand = 142.5 });
        Assert.Equal(142.5m, (decimal?)level["on_hand"]);
        Assert.Equal(142.5m - (decimal)level["reserved"]!, (decimal?)level["available"]);
    }

    [Theory]
    [InlineData("""{"on_hand":-1}""", "on_hand")]
    [InlineData("""{"min":3}""", "on_hand")]
    [InlineData("""{"on_hand":1,"reserved":3}""", "reserved")]
    [InlineData("""{"on_hand":1,"item_id":"itm_1002"}""", "item_id")]
    public async Task A_bad_count_is_refused(string body, string field)
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("PUT", "stock-levels/stk_1001", body);
        var answer = await SandboxClient.ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(field, Assert.Single(answer["error"]!["fields"]!.AsObject()).Key);
    }

    [Fact]
    public async Task An_items_stock_is_made_once_and_then_set()
    {
        using var client = fixture.NewCompany();
        var item = await client.CreateAsync("items", new { name = "New part", standard_cost = 3 });
        var path = $"items/{item["id"]}/stock";
        var made = await client.ExpectAsync(HttpStatusCode.Created, "PUT", path, new { storeroom_id = "sto_1002", on_hand = 5 });
        Assert.Equal("New part", (string?)made["item_name"]);
        var set = await client.ExpectAsync(HttpStatusCode.OK, "PUT", path, new { storeroom_id = "sto_1002", on_hand = 7 });
        Assert.Equal((string?)made["id"], (string?)set["id"]);
        Assert.Equal(7, (int?)Assert.Single(await client.ItemsAsync($"stock-levels?item_id={item["id"]}"))["on_hand"]);
    }

    [Fact]
    public async Task An_items_stock_needs_a_storeroom()
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(HttpStatusCode.UnprocessableEntity, "validation_failed", "PUT", "items/itm_1001/stock", new { on_hand = 1 });
        Assert.Equal("is required", (string?)error["fields"]!["storeroom_id"]);
    }

    [Fact]
    public async Task Readings_are_appended_and_never_changed()
    {
        using var client = fixture.NewCompany();
        var reading = await client.CreateAsync("meter-readings", new { meter_id = "mtr_1002", value = -3.5, taken_at = 1793600000 });
        Assert.Equal(-3.5m, (decimal?)reading["value"]);
        await client.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed", "PATCH", $"meter-readings/{reading["id"]}", new { value = 1 });
    }
}
