using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

public sealed class ListTests(SandboxFixture fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("&sort=state")]
    [InlineData("&sort=-vendor_id,order_date")]
    public async Task Pages_join_without_gaps_or_repeats(string sort)
    {
        using var client = fixture.NewCompany();
        List<string> ids = [];
        for (var page = 1; page <= 6; page++)
        {
            ids.AddRange((await client.ItemsAsync($"purchase-orders?page={page}&page_size=23{sort}")).Select(Id));
        }

        Assert.Equal(120, ids.Count);
        Assert.Equal(120, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_page_past_the_end_is_empty()
    {
        using var client = fixture.NewCompany();
        var list = await client.GetAsync("vendors?page=2147483647&page_size=200");
        Assert.Equal("""{"items":[],"page":2147483647,"page_size":200,"total":25}""", list.ToJsonString());
    }

    [Fact]
    public async Task The_default_page_holds_fifty()
    {
        using var client = fixture.NewCompany();
        Assert.Equal(50, (await client.ItemsAsync("purchase-orders")).Count);
    }

    [Theory]
    [InlineData("vendors?name=Nordwind%20Pumpen%20AG", "ven_1002")]
    [InlineData("vendors?name.contains=PUMPEN", "ven_1002")]
    [InlineData("vendors?name.starts_with=nordw", "ven_1002")]
    [InlineData("vendors?name.ends_with=pumpen%20ag", "ven_1002")]
    [InlineData("vendors?id.in=ven_1002", "ven_1002")]
    [InlineData("vendors?currency.in=SEK,CHF", "ven_1015")]
    [InlineData("vendors?lead_time_days.gt=35", "ven_1013")]
    [InlineData("vendors?lead_time_days.gte=40", "ven_1013")]
    [InlineData("vendors?lead_time_days.lt=3&currency=EUR", "ven_1016,ven_1020")]
    [InlineData("vendors?lead_time_days.lte=2", "ven_1016,ven_1020")]
    [InlineData("vendors?active=false", "ven_1023")]
    [InlineData("vendors?address.country=GB", "ven_1007")]
    [InlineData("vendors?address.country=GB&address.country=CH&match=any", "ven_1007,ven_1015")]
    [InlineData("vendors?address.country=GB&currency=EUR&match=all", "")]
    [InlineData("vendors?name.gte=W", "ven_1020,ven_1015")]
    [InlineData("vendors?notes=&currency=GBP", "ven_1007")]
    [InlineData("items?standard_cost=0.62", "itm_1090")]
    public async Task A_filter_finds_what_it_names(string path, string expected)
    {
        using var client = fixture.NewCompany();
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), (await client.ItemsAsync(path)).Select(Id));
    }

    [Fact]
    public async Task Dates_and_epochs_are_compared_as_moments()
    {
        using var client = fixture.NewCompany();
        var orders = await client.ItemsAsync("purchase-orders?order_date.gte=2025-01-01&order_date.lt=2025-02-01");
        Assert.NotEmpty(orders);
        Assert.All(orders, order => Assert.StartsWith("2025-01", (string?)order["order_date"], StringComparison.Ordinal));
        var closed = await client.ItemsAsync("purchase-orders?closed_at.gt=1767225600");
        Assert.NotEmpty(closed);
        Assert.All(closed, order => Assert.True((long?)order["closed_at"] > 1767225600));
    }

    [Fact]
    public async Task Instants_may_be_written_in_any_offset()
    {
        using var client = fixture.NewCompany();
        await client.CreateAsync("vendors", new { name = "Fresh" });
        Assert.Single(await client.ItemsAsync("vendors?created_at.gte=2026-11-02T10:30:00%2B01:00"));
        Assert.Empty(await client.ItemsAsync("vendors?created_at.gt=2026-11-02T09:30:00Z"));
    }

    [Fact]
    public async Task Sorting_puts_missing_values_last_and_first_when_descending()
    {
        using var client = fixture.NewCompany();
        var ascending = await client.ItemsAsync("purchase-orders?sort=closed_at&page_size=200");
        Assert.NotNull(ascending[0]["closed_at"]);
        Assert.Null(ascending[^1]["closed_at"]);
        Assert.Null((await client.ItemsAsync("purchase-orders?sort=-closed_at&page_size=1"))[0]["closed_at"]);
    }

    [Fact]
    public async Task Several_sort_keys_apply_in_their_order()
    {
        using var client = fixture.NewCompany();
        var orders = await client.ItemsAsync("purchase-orders?sort=state,-totals.gross&page_size=200");
        var expected = orders.OrderBy(order => (string?)order["state"], StringComparer.Ordinal)
            .ThenByDescending(order => (decimal)order["totals"]!["gross"]!)
            .ThenBy(Id, StringComparer.Ordinal);
        Assert.Equal(expected.Select(Id), orders.Select(Id));
    }

    [Theory]
    [InlineData("vendors?colour=red", "colour")]
    [InlineData("vendors?name.like=x", "name.like")]
    [InlineData("vendors?custom=x", "custom")]
    [InlineData("vendors?active.gt=true", "active.gt")]
    [InlineData("vendors?currency.contains=E", "currency.contains")]
    [InlineData("vendors?lead_time_days=soon", "lead_time_days")]
    [InlineData("vendors?name.contains=", "name.contains")]
    [InlineData("purchase-orders?state=bogus", "state")]
    [InlineData("purchase-orders?order_date.gt=2025-13-01", "order_date.gt")]
    [InlineData("purchase-orders?updated_at.gt=never", "updated_at.gt")]
    [InlineData("vendors?sort=colour", "sort")]
    [InlineData("vendors?sort=", "sort")]
    [InlineData("vendors?match=some", "match")]
    [InlineData("vendors?page=0", "page")]
    [InlineData("vendors?page=1&page=2", "page")]
    [InlineData("vendors?page_size=201", "page_size")]
    [InlineData("vendors?page_size=-1", "page_size")]
    [InlineData("meter-readings?sort=value", "sort")]
    [InlineData("meter-readings?page=1", "page")]
    [InlineData("meter-readings?cursor=bm9uc2Vuc2U!", "cursor")]
    [InlineData("meter-readings?limit=0", "limit")]
    [InlineData("items/itm_1001/children?name=x", "name")]
    public async Task A_parameter_that_cannot_be_honoured_is_named(string path, string parameter)
    {
        using var client = fixture.NewCompany();
        var error = await client.RefusedAsync(HttpStatusCode.BadRequest, "invalid_parameter", "GET", path);
        Assert.Equal(parameter, (string?)error["parameter"]);
    }

    [Fact]
    public async Task A_cursor_reads_every_reading_once()
    {
        using var client = fixture.NewCompany();
        List<string> ids = [];
        string? cursor = "";
        while (cursor is not null)
        {
            var list = await client.GetAsync($"meter-readings?meter_id=mtr_1002&limit=13&cursor={cursor}");
            ids.AddRange(SandboxClient.Items(list).Select(Id));
            cursor = (string?)list["next_cursor"];
        }

        Assert.Equal(40, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, ids.Count);
    }

    [Fact]
    public async Task A_last_page_that_is_full_has_no_next_cursor()
    {
        using var client = fixture.NewCompany();
        Assert.Null((await client.GetAsync("meter-readings?meter_id=mtr_1002&limit=40"))["next_cursor"]);
    }

    private static string Id(JsonObject record) => (string)record["id"]!;
}
