namespace Millwright.Sandbox.Tests;

public sealed class SeedTests(SandboxFixture fixture)
{
    [Theory]
    [InlineData("purchase-orders", 120)]
    [InlineData("work-orders", 80)]
    [InlineData("assets", 58)]
    [InlineData("vendors", 25)]
    [InlineData("items", 101)]
    [InlineData("service-requests", 40)]
    public async Task A_company_starts_with_a_believable_number_of_records(string collection, int expected)
    {
        using var client = fixture.NewCompany();
        Assert.Equal(expected, (int?)(await client.GetAsync(collection))["total"]);
    }

    [Theory]
    [InlineData("purchase-orders", "draft,submitted,approved,partially_received,received,cancelled")]
    [InlineData("work-orders", "open,in_progress,on_hold,done,cancelled")]
    [InlineData("service-requests", "new,accepted,rejected,closed")]
    public async Task Every_state_occurs(string collection, string states)
    {
        using var client = fixture.NewCompany();
        foreach (var state in states.Split(','))
        {
            Assert.NotEmpty(await client.ItemsAsync($"{collection}?state={state}"));
        }
    }

    [Theory]
    [InlineData("purchase-orders")]
    [InlineData("receipts")]
    [InlineData("invoices")]
    public async Task Line_amounts_sum_to_the_totals(string collection)
    {
        using var client = fixture.NewCompany();
        foreach (var document in await client.ItemsAsync(collection + "?page_size=200"))
        {
            var net = document["lines"]!.AsArray().Sum(line => (decimal)line!["amount"]!);
            Assert.True(net > 0);
            Assert.Equal(net, (decimal)document["totals"]!["net"]!);
            Assert.Equal((decimal)document["totals"]!["gross"]!, net + (decimal)document["totals"]!["tax"]!);
        }
    }

    [Fact]
    public async Task Nothing_lies_in_the_future_of_the_seed()
    {
        using var client = fixture.NewCompany();
        foreach (var collection in new[] { "purchase-orders", "work-orders", "items", "stock-levels", "invoices", "receipts" })
        {
            Assert.Empty(await client.ItemsAsync(collection + "?updated_at.gte=2026-09-30&created_at.gte=2026-09-30&match=any"));
        }
    }

    [Fact]
    public async Task Orders_are_spread_over_two_years()
    {
        using var client = fixture.NewCompany();
        var first = (await client.ItemsAsync("purchase-orders?sort=order_date&page_size=1"))[0];
        var last = (await client.ItemsAsync("purchase-orders?sort=-order_date&page_size=1"))[0];
        Assert.StartsWith("2024-10", (string?)first["order_date"], StringComparison.Ordinal);
        Assert.StartsWith("2026-09", (string?)last["order_date"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_has_children_and_an_asset_has_items()
    {
        using var client = fixture.NewCompany();
        var assembly = (await client.ItemsAsync("items?kind=assembly&page_size=1"))[0];
        Assert.NotEmpty(await client.ItemsAsync($"items/{assembly["id"]}/children"));
        var asset = (await client.ItemsAsync("assets?category=Pump&page_size=1"))[0];
        var part = (await client.ItemsAsync($"assets/{asset["id"]}/items"))[0];
        Assert.Equal((string?)(await client.GetAsync($"items/{part["item_id"]}"))["name"], (string?)part["item_name"]);
    }
}
