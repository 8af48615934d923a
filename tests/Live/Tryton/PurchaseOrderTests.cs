using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Live.Tests.Tryton;

public sealed class PurchaseOrderTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    private const string Orders = "purchase-orders";

    [Fact]
    public async Task An_order_with_lines_is_created_with_what_Trytons_own_form_would_fill_in()
    {
        var title = TrytonSystemFixture.Unique("Bearings");

        var order = await CreateAsync(title);

        Assert.Equal("draft", (string?)order["statusKey"]);
        Assert.Equal("36.7", (string?)order["totalNetValue"], Decimals.Equal);
        var own = (await tryton.RpcAsync(
            "model.purchase.purchase.read",
            [new JsonArray(Id(order)), new JsonArray("description", "party", "invoice_address", "payment_term", "currency", "warehouse", "lines.unit", "lines.unit_price")]))![0]!;
        Assert.Equal(title, (string?)own["description"]);
        Assert.Equal(2, (int?)own["party"]);
        Assert.NotNull(own["invoice_address"]);
        Assert.NotNull(own["payment_term"]);
        Assert.NotNull(own["warehouse"]);
        Assert.All(own["lines."]!.AsArray(), l => Assert.NotNull(l!["unit"]));
        Assert.Equal("4.2000", (string?)own["lines."]![0]!["unit_price"]!["decimal"], Decimals.Equal);
    }

    [Fact]
    public async Task An_order_is_read_back_as_it_was_created()
    {
        var created = await CreateAsync(TrytonSystemFixture.Unique("Read back"));

        var read = await tryton.DoAsync(Orders, "get", (string?)created["key"]);

        Assert.Equal(created.ToJsonString(), read!.ToJsonString());
        var line = read["lineItems"]![0]!;
        Assert.Equal("1", (string?)line["materialKey"]);
        Assert.Equal("BRG-6204", (string?)line["code"]);
        Assert.Equal("6", (string?)line["quantity"], Decimals.Equal);
        Assert.Equal("4.2", (string?)line["price"], Decimals.Equal);
    }

    [Fact]
    public async Task An_order_is_found_by_its_reference()
    {
        var reference = TrytonSystemFixture.Unique("ref");
        var created = await tryton.DoAsync(Orders, "create", body: Body("By reference"), reference: reference);

        var found = TrytonSystemFixture.Parse(await tryton.System.FindByReferenceAsync(TrytonSystemFixture.Entity(Orders), reference, TestContext.Current.CancellationToken));
        var none = await tryton.System.FindByReferenceAsync(TrytonSystemFixture.Entity(Orders), reference + "-other", TestContext.Current.CancellationToken);

        Assert.Equal((string?)created!["key"], (string?)found!["key"]);
        Assert.Null(none);
    }

    [Fact]
    public async Task A_list_carries_its_lines_and_its_total()
    {
        var title = TrytonSystemFixture.Unique("Listed");
        await CreateAsync(title);

        var (records, result) = await tryton.ListAsync(Orders, [("title", FilterOperator.Equal, [title])]);

        var record = Assert.Single(records)!;
        Assert.Equal(2, record["lineItems"]!.AsArray().Count);
        Assert.Equal(1, result.Total);
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_miss_a_record_whatever_the_order()
    {
        var mark = TrytonSystemFixture.Unique("Paged");
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync($"{mark} {i}");
        }

        var keys = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var (records, result) = await tryton.ListAsync(Orders, [("title", FilterOperator.StartsWith, [mark])], sorts: [("vendorKey", true)], page: page, perPage: 2);
            Assert.Equal(5, result.Total);
            keys.AddRange(records.Select(r => (string)r!["key"]!));
        }

        Assert.Equal(5, keys.Distinct().Count());
        var (beyond, after) = await tryton.ListAsync(Orders, [("title", FilterOperator.StartsWith, [mark])], page: 4, perPage: 2);
        Assert.Empty(beyond);
        Assert.Equal(5, after.Total);
    }

    [Fact]
    public async Task A_sort_is_Trytons_own()
    {
        var mark = TrytonSystemFixture.Unique("Sorted");
        foreach (var part in new[] { "b", "c", "a" })
        {
            await CreateAsync($"{mark} {part}");
        }

        var (records, _) = await tryton.ListAsync(Orders, [("title", FilterOperator.Contains, [mark])], sorts: [("title", true)]);

        Assert.Equal([$"{mark} c", $"{mark} b", $"{mark} a"], records.Select(r => (string?)r!["title"]));
    }

    [Theory]
    [InlineData("title", FilterOperator.Contains, "50%_Off", 1)]
    [InlineData("title", FilterOperator.Contains, "50X_Off", 0)]
    [InlineData("title", FilterOperator.Contains, "50%XOff", 0)]
    [InlineData("title", FilterOperator.Contains, @"\", 1)]
    [InlineData("title", FilterOperator.EndsWith, @"OFF\", 1)]
    [InlineData("title", FilterOperator.StartsWith, "50", 0)]
    [InlineData("statusKey", FilterOperator.In, "draft,quotation", 1)]
    [InlineData("statusKey", FilterOperator.Equal, "done", 0)]
    [InlineData("vendorKey", FilterOperator.Equal, "2", 1)]
    [InlineData("vendorKey", FilterOperator.Equal, "99999999999", 0)]
    [InlineData("vendorKey", FilterOperator.In, "2,99999999999", 1)]
    [InlineData("orderDate", FilterOperator.GreaterThanOrEqual, "2026-03-01", 1)]
    [InlineData("orderDate", FilterOperator.LessThan, "2026-03-01", 0)]
    [InlineData("orderDate", FilterOperator.Equal, "2026-03-01", 1)]
    [InlineData("createdAt", FilterOperator.GreaterThan, "2020-01-01T00:00:00Z", 1)]
    [InlineData("updatedAt", FilterOperator.GreaterThan, "2020-01-01T00:00:00Z", 1)]
    [InlineData("updatedAt", FilterOperator.LessThanOrEqual, "2020-01-01T00:00:00Z", 0)]
    public async Task A_filter_is_Trytons_own(string field, FilterOperator op, string values, int found)
    {
        var mark = TrytonSystemFixture.Unique("F");
        await CreateAsync($@"{mark} 50%_off\");

        var (records, _) = await tryton.ListAsync(Orders, [("title", FilterOperator.StartsWith, [mark]), (field, op, values.Split(','))]);

        Assert.Equal(found, records.Count);
    }

    [Fact]
    public async Task Filters_can_be_joined_by_any()
    {
        var (one, two) = (TrytonSystemFixture.Unique("Any"), TrytonSystemFixture.Unique("Any"));
        await CreateAsync(one);
        await CreateAsync(two);

        var (records, _) = await tryton.ListAsync(
            Orders, [("title", FilterOperator.Equal, [one]), ("title", FilterOperator.Equal, [two]), ("statusKey", FilterOperator.Equal, ["no-such"])], FilterMatch.Any);

        Assert.Equal(2, records.Count);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_leaves_the_lines_alone()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Update"));

        var updated = await tryton.DoAsync(Orders, "update", (string?)order["key"], """{"notes":"urgent","orderDate":null}""");

        Assert.Equal("urgent", (string?)updated!["notes"]);
        Assert.Null(updated["orderDate"]);
        Assert.Equal(order["title"]!.ToJsonString(), updated["title"]!.ToJsonString());
        Assert.Equal(order["lineItems"]!.AsArray().Select(l => (string?)l!["key"]), updated["lineItems"]!.AsArray().Select(l => (string?)l!["key"]));
    }

    [Fact]
    public async Task Given_lines_replace_the_lines_by_their_keys()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Lines"));
        var kept = (string?)order["lineItems"]![0]!["key"];

        var updated = await tryton.DoAsync(
            Orders, "update", (string?)order["key"], $$"""{"lineItems":[{"key":"{{kept}}","quantity":9},{"materialKey":"2","quantity":3,"price":"1.5"}]}""");

        var lines = updated!["lineItems"]!.AsArray();
        Assert.Equal(2, lines.Count);
        Assert.Equal("9", (string?)lines.Single(l => (string?)l!["key"] == kept)!["quantity"], Decimals.Equal);
        Assert.Contains(lines, l => (string?)l!["materialKey"] == "2" && (string?)l["uomKey"] is not null && Decimals.Equal((string?)l["price"], "1.5"));
        Assert.DoesNotContain(lines, l => (string?)l!["key"] == (string?)order["lineItems"]![1]!["key"]);
    }

    [Fact]
    public async Task A_line_key_of_another_order_is_refused_and_nothing_is_written()
    {
        var (one, other) = (await CreateAsync(TrytonSystemFixture.Unique("One")), await CreateAsync(TrytonSystemFixture.Unique("Other")));

        var error = await FailureAsync(
            "update", (string?)one["key"], $$"""{"lineItems":[{"key":"{{other["lineItems"]![0]!["key"]}}","quantity":9}]}""");

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
        Assert.Equal("lineItems[0].key", Assert.Single(error.Details).Field);
        Assert.Equal(2, (await tryton.DoAsync(Orders, "get", (string?)one["key"]))!["lineItems"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_order_goes_through_its_states_by_its_buttons()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Status"));
        var key = (string?)order["key"];

        var quoted = await tryton.DoAsync(Orders, "set-status", key, """{"status":"quotation"}""");
        var confirmed = await tryton.DoAsync(Orders, "set-status", key, """{"status":"confirmed"}""");

        Assert.Equal("quotation", (string?)quoted!["statusKey"]);
        Assert.NotNull(quoted["orderNo"]);
        Assert.Contains((string?)confirmed!["statusKey"], new[] { "confirmed", "processing" });
        var state = (string?)(await tryton.RpcAsync("model.purchase.purchase.read", [new JsonArray(Id(order)), new JsonArray("state")]))![0]!["state"];
        Assert.Equal((string?)confirmed["statusKey"], state);

        var error = await FailureAsync("set-status", key, """{"status":"draft"}""");
        Assert.Equal(ErrorCode.StatusNotReachable, error.Code);
        Assert.Contains(state!, Assert.Single(error.Details).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_confirmed_by_way_of_the_quotation()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Way"));

        var confirmed = await tryton.DoAsync(Orders, "set-status", (string?)order["key"], """{"status":"processing"}""");

        Assert.Equal("processing", (string?)confirmed!["statusKey"]);
    }

    [Fact]
    public async Task A_status_that_the_record_has_already_is_no_change()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Same"));

        var same = await tryton.DoAsync(Orders, "set-status", (string?)order["key"], """{"status":"draft"}""");

        Assert.Equal(order.ToJsonString(), same!.ToJsonString());
    }

    [Fact]
    public async Task A_draft_is_deleted_by_way_of_its_cancellation()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Delete"));

        await tryton.DoAsync(Orders, "delete", (string?)order["key"]);

        Assert.Empty((await tryton.RpcAsync("model.purchase.purchase.search", [new JsonArray(new JsonArray("id", "=", Id(order)))]))!.AsArray());
        Assert.Equal(ErrorCode.RecordNotFound, (await FailureAsync("get", (string?)order["key"])).Code);
        Assert.Equal(ErrorCode.RecordNotFound, (await FailureAsync("delete", (string?)order["key"])).Code);
    }

    [Fact]
    public async Task An_order_under_way_is_not_deleted()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Under way"));
        await tryton.DoAsync(Orders, "set-status", (string?)order["key"], """{"status":"processing"}""");

        var error = await FailureAsync("delete", (string?)order["key"]);

        Assert.Equal(ErrorCode.Conflict, error.Code);
        Assert.Contains("processing", Assert.Single(error.Details).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"vendorKey":"999999","lineItems":[]}""", "Party")]
    [InlineData("""{"vendorKey":"2","lineItems":[{"materialKey":"999999","quantity":1,"price":"1","uomKey":"1"}]}""", "")]
    [InlineData("""{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.20001"}]}""", "digits")]
    [InlineData("""{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":0.5,"price":"4.2"}]}""", "digits")]
    public async Task What_Tryton_refuses_is_told_in_its_words(string body, string words)
    {
        var error = await FailureAsync("create", null, body);

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(error.OutcomeUnknown);
        Assert.InRange(error.Message.Length, 1, 501);
    }

    [Theory]
    [InlineData("get", "424242")]
    [InlineData("get", "no-number")]
    [InlineData("get", "99999999999999999999")]
    [InlineData("get", "-1")]
    [InlineData("update", "424242")]
    [InlineData("delete", "424242")]
    [InlineData("set-status", "424242")]
    public async Task A_record_that_is_not_there_is_not_found(string operation, string key)
    {
        var body = operation switch { "update" => """{"notes":"x"}""", "set-status" => """{"status":"draft"}""", _ => null };

        Assert.Equal(ErrorCode.RecordNotFound, (await FailureAsync(operation, key, body)).Code);
    }

    [Fact]
    public async Task Raw_adds_the_source_record()
    {
        var order = await CreateAsync(TrytonSystemFixture.Unique("Raw"));

        var read = await tryton.DoAsync(Orders, "get", (string?)order["key"], raw: true);

        Assert.Equal(Id(order), (int?)read!["raw"]!["id"]);
    }

    private static int Id(JsonNode order) => int.Parse((string)order["key"]!, CultureInfo.InvariantCulture);

    private static string Body(string title) =>
        $$"""
        {"vendorKey":"2","title":{{JsonValue.Create(title).ToJsonString()}},"orderDate":"2026-03-01","lineItems":[
          {"materialKey":"1","quantity":6,"price":"4.2"},{"materialKey":"2","quantity":1,"price":"11.5000","description":"Filter"}]}
        """;

    private async Task<JsonNode> CreateAsync(string title) => (await tryton.DoAsync(Orders, "create", body: Body(title)))!;

    private Task<ApiException> FailureAsync(string operation, string? key, string? body = null) =>
        Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync(Orders, operation, key, body));
}
