using System.Text.Json.Nodes;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Live.Tests.Tryton;

public sealed class InventoryTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    // The seeded storage zone and product.
    private const string Level = "3-2";

    [Fact]
    public async Task A_level_is_set_and_Tryton_has_it()
    {
        var before = (double)(await tryton.DoAsync("inventories", "get", Level))!["quantity"]!;

        var set = await tryton.DoAsync("inventories", "update", Level, $$"""{"quantity":{{before + 5}}}""");

        Assert.Equal(before + 5, (double?)set!["quantity"]);
        Assert.Equal("3", (string?)set["locationKey"]);
        Assert.Equal("2", (string?)set["materialKey"]);
        Assert.Equal("FLT-10", (string?)set["code"]);
        Assert.Equal(before + 5, await OwnAsync());
    }

    [Fact]
    public async Task A_level_is_set_under_its_material_which_is_the_answer()
    {
        var material = await tryton.DoAsync("materials", "inventory.update", "2", """{"quantity":33,"locationKey":"3"}""");

        Assert.Equal("FLT-10", (string?)material!["code"]);
        Assert.Equal(33, await OwnAsync());
    }

    [Fact]
    public async Task A_level_of_nothing_is_read_as_zero_and_not_listed()
    {
        var level = await tryton.DoAsync("inventories", "get", "1-1");

        Assert.Equal(0, (double?)level!["quantity"]);
        Assert.Empty((await tryton.ListAsync("inventories", [("locationKey", FilterOperator.Equal, ["1"]), ("materialKey", FilterOperator.Equal, ["1"])])).Records);
    }

    [Fact]
    public async Task Levels_are_listed_by_location_material_and_quantity()
    {
        await tryton.DoAsync("inventories", "update", "2-1", """{"quantity":7}""");

        var (ofMaterial, result) = await tryton.ListAsync("inventories", [("materialKey", FilterOperator.Equal, ["1"])]);
        var (some, _) = await tryton.ListAsync("inventories", [("locationKey", FilterOperator.In, ["2", "3"]), ("quantity", FilterOperator.GreaterThan, ["7"])]);
        var (first, one) = await tryton.ListAsync("inventories", perPage: 1);
        var (second, _) = await tryton.ListAsync("inventories", page: 2, perPage: 1);

        Assert.Contains(ofMaterial, l => (string?)l!["key"] == "2-1" && (double?)l["quantity"] == 7);
        Assert.Equal(result.Total, ofMaterial.Count);
        Assert.DoesNotContain(some, l => (string?)l!["key"] == "2-1");
        Assert.NotEqual((string?)first[0]!["key"], (string?)second[0]!["key"]);
        Assert.True(one.Total >= 3);
        await tryton.DoAsync("inventories", "update", "2-1", """{"quantity":0}""");
    }

    [Theory]
    [InlineData("5-1")]
    [InlineData("3-424242")]
    [InlineData("3")]
    [InlineData("3-1-1")]
    [InlineData("x-y")]
    public async Task A_level_of_what_is_not_there_is_not_found(string key)
    {
        Assert.Equal(ErrorCode.RecordNotFound, (await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("inventories", "get", key))).Code);
        Assert.Equal(ErrorCode.RecordNotFound, (await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("inventories", "update", key, """{"quantity":1}"""))).Code);
    }

    [Fact]
    public async Task A_level_that_Tryton_refuses_leaves_no_count_behind()
    {
        var before = await tryton.RpcAsync("model.stock.inventory.search_count", [new JsonArray()]);

        var error = await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("inventories", "update", Level, """{"quantity":0.5}"""));

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
        Assert.Equal((int?)before, (int?)await tryton.RpcAsync("model.stock.inventory.search_count", [new JsonArray()]));
    }

    [Fact]
    public async Task A_level_cannot_be_moved_to_another_location()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("inventories", "update", Level, """{"quantity":1,"locationKey":"1"}"""));

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
    }

    private async Task<double?> OwnAsync()
    {
        var context = new JsonObject { ["company"] = 1, ["locations"] = new JsonArray(3) };
        return (double?)(await tryton.RpcWithAsync("model.product.product.read", [new JsonArray(2), new JsonArray("quantity")], context))![0]!["quantity"];
    }
}
