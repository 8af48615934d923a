using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Millwright.Testing.App;
using Xunit;

namespace Millwright.Testing.EndToEnd;

/// <summary>What a newcomer does, and what goes wrong for one; the same requests on every connected system.</summary>
/// <param name="connected">Shared by the tests of a class.</param>
/// <param name="system">The system connected.</param>
public abstract class EndToEndSuite(ConnectedApp connected, SystemUnderTest system)
{
    protected ApiClient Customer => connected.Customer;

    protected ApiClient Application => connected.Application;

    [Fact]
    public async Task The_platform_is_listed_with_its_credentials_guide_and_capabilities()
    {
        var platforms = (await Application.GetAsync("/api/system/platforms")).Expect(200).GetProperty("data");

        var platform = platforms.EnumerateArray().Single(p => p.GetProperty("provider").GetString() == system.Provider);
        Assert.Equal(
            system.Credentials.Keys.Order(),
            platform.GetProperty("credentials").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).Order());
        Assert.NotEmpty(platform.GetProperty("guide").GetString()!);
        Assert.Contains(
            "create", platform.GetProperty("entities").GetProperty("purchase-orders").GetProperty("operations").EnumerateObject().Select(o => o.Name));
        Assert.Equal("modifiedTime", platform.GetProperty("entities").GetProperty("purchase-orders").GetProperty("changes").GetString());
        Assert.Equal("comparison", platform.GetProperty("entities").GetProperty("uom").GetProperty("changes").GetString());
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_and_nothing_is_stored()
    {
        var before = (await Application.GetAsync("/api/system/connections")).Expect(200).GetProperty("meta").GetProperty("total").GetInt32();

        var answer = await Application.PostAsync(
            "/api/system/connections",
            new { provider = system.Provider, name = "Wrong", email = "wrong@example.test", credentials = system.WrongCredentials });

        answer.ExpectError(403, "AUTHENTICATION_FAILED");
        Assert.Equal(before, (await Application.GetAsync("/api/system/connections")).Json.GetProperty("meta").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Purchase_orders_are_paged_without_gaps_or_repeats()
    {
        await Orders.CreateAsync(Customer, "Paged one");
        await Orders.CreateAsync(Customer, "Paged two");
        await Orders.CreateAsync(Customer, "Paged three");

        var seen = new List<string>();
        var next = $"{Orders.Path}?per_page=2&sort[key]=0&filter[title:startsWith]=Paged";
        var total = 0;
        while (next is not null)
        {
            var page = (await Customer.GetAsync(next)).Expect(200);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(o => o.GetProperty("key").GetString()!));
            total = page.GetProperty("meta").GetProperty("total").GetInt32();
            next = page.GetProperty("links").GetProperty("next").GetString() is { } link ? new Uri(link).PathAndQuery : null;
        }

        Assert.Equal(total, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.True(total >= 3);
    }

    [Fact]
    public async Task A_purchase_order_with_lines_is_created_and_read_back()
    {
        var created = await Orders.CreateAsync(Customer, "Bearings and filters");

        var read = (await Customer.GetAsync($"{Orders.Path}/{created.GetProperty("key").GetString()}")).Expect(200).GetProperty("data");

        Assert.Equal(created.GetRawText(), read.GetRawText());
        Assert.Equal("Bearings and filters", read.GetProperty("title").GetString());
        Assert.Equal(2, read.GetProperty("lineItems").GetArrayLength());
        Assert.Equal(44.00m, decimal.Parse(read.GetProperty("totalNetValue").GetString()!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Lists_filter_and_sort_in_the_source()
    {
        var order = await Orders.CreateAsync(Customer, "Findable by its vendor");
        var vendor = order.GetProperty("vendorKey").GetString();

        var found = (await Customer.GetAsync($"{Orders.Path}?filter[vendorKey]={vendor}&filter[title]=Findable by its vendor&sort[orderDate]=1&sort[key]=1"))
            .Expect(200).GetProperty("data");

        Assert.Equal(order.GetProperty("key").GetString(), found[0].GetProperty("key").GetString());
        Assert.All(found.EnumerateArray(), o => Assert.Equal(vendor, o.GetProperty("vendorKey").GetString()));
    }

    [Fact]
    public async Task The_source_record_is_added_on_request()
    {
        var order = await Orders.CreateAsync(Customer, "Raw");

        var read = (await Customer.GetAsync($"{Orders.Path}/{order.GetProperty("key").GetString()}?raw=true")).Expect(200).GetProperty("data");

        Assert.Equal(JsonValueKind.Object, read.GetProperty("raw").ValueKind);
        Assert.False(order.TryGetProperty("raw", out _));
    }

    [Fact]
    public async Task A_purchase_order_goes_through_its_statuses_and_not_back_to_one_that_cannot_be_reached()
    {
        var key = (await Orders.CreateAsync(Customer, "Going through")).GetProperty("key").GetString();
        var statuses = (await Customer.GetAsync("/api/erp/statuses/purchase-orders")).Expect(200).GetProperty("data")
            .EnumerateArray().Select(s => s.GetProperty("key").GetString()!).ToList();

        foreach (var status in system.OrderStatuses)
        {
            Assert.Contains(status, statuses);
            (await Customer.PutAsync($"{Orders.Path}/{key}/status", new { statusKey = status })).Expect(200);
        }

        (await Customer.PutAsync($"{Orders.Path}/{key}/status", new { statusKey = "draft" })).ExpectError(409, "STATUS_NOT_REACHABLE");
        var unknown = (await Customer.PutAsync($"{Orders.Path}/{key}/status", new { statusKey = "no-such-status" })).ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal("statusKey", unknown.GetProperty("details")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_purchase_order_is_changed_and_then_deleted()
    {
        var key = (await Orders.CreateAsync(Customer, "Before")).GetProperty("key").GetString();

        var changed = (await Customer.PutAsync($"{Orders.Path}/{key}", new { title = "After" })).Expect(200).GetProperty("data");
        Assert.Equal("After", changed.GetProperty("title").GetString());
        Assert.Equal(2, changed.GetProperty("lineItems").GetArrayLength());

        (await Customer.DeleteAsync($"{Orders.Path}/{key}")).Expect(200);
        (await Customer.GetAsync($"{Orders.Path}/{key}")).ExpectError(404, "RECORD_NOT_FOUND");
    }

    [Fact]
    public async Task An_inventory_level_is_set()
    {
        var key = await Orders.FirstKeyAsync(Customer, "/api/erp/inventories?per_page=1");

        (await Customer.PutAsync($"/api/erp/inventories/{key}", new { quantity = 41 })).Expect(200);
        Assert.Equal(41m, (await Customer.GetAsync($"/api/erp/inventories/{key}")).Expect(200).GetProperty("data").GetProperty("quantity").GetDecimal());

        (await Customer.PutAsync($"/api/erp/inventories/{key}", new { quantity = 42 })).Expect(200);
        Assert.Equal(42m, (await Customer.GetAsync($"/api/erp/inventories/{key}")).Expect(200).GetProperty("data").GetProperty("quantity").GetDecimal());
    }

    [Fact]
    public async Task A_vendor_is_created_and_found_by_name()
    {
        var name = $"Globex Tooling {Guid.NewGuid():N}";

        var created = (await Customer.PostAsync("/api/erp/vendors", new { name })).Expect(200).GetProperty("data");

        var found = (await Customer.GetAsync($"/api/erp/vendors?filter[name]={name}")).Expect(200).GetProperty("data");
        Assert.Equal(created.GetProperty("key").GetString(), Assert.Single(found.EnumerateArray()).GetProperty("key").GetString());
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_recorded_answer()
    {
        var key = Guid.NewGuid().ToString();
        var body = await Orders.BodyAsync(Customer, $"Once {key}");

        var first = await Customer.PostAsync(Orders.Path, body, key);
        var second = await Customer.PostAsync(Orders.Path, body, key);

        first.Expect(200);
        second.Expect(200);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("true", second.Headers["Idempotent-Replayed"]);
        Assert.Single((await Customer.GetAsync($"{Orders.Path}?filter[title]=Once {key}")).Expect(200).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        (await Customer.PostAsync(Orders.Path, await Orders.BodyAsync(Customer, "One"), key)).Expect(200);

        (await Customer.PostAsync(Orders.Path, await Orders.BodyAsync(Customer, "Another"), key)).ExpectError(409, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Two_hundred_lists_at_once_all_succeed()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Customer.GetAsync($"{Orders.Path}?per_page=5")));

        Assert.All(answers, answer => answer.Expect(200));
    }

    [Theory]
    [InlineData("filter[noSuchField]=1", "filter[noSuchField]", "INVALID_REQUEST")]
    [InlineData("filter[orderDate:gt]=yesterday", "filter[orderDate:gt]", "INVALID_REQUEST")]
    [InlineData("filter[orderDate:near]=2026-01-01", "filter[orderDate:near]", "INVALID_REQUEST")]
    [InlineData("sort[noSuchField]=1", "sort[noSuchField]", "INVALID_REQUEST")]
    [InlineData("page=0", "page", "INVALID_REQUEST")]
    [InlineData("per_page=1001", "per_page", "INVALID_REQUEST")]
    [InlineData("colour=red", "colour", "INVALID_REQUEST")]
    [InlineData("filter[deliveryAddress.city]=Graz", "filter[deliveryAddress.city]", "UNSUPPORTED_FILTER")]
    [InlineData("sort[deliveryAddress.city]=0", "sort[deliveryAddress.city]", "UNSUPPORTED_SORT")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string field, string code)
    {
        var answer = await Customer.GetAsync($"{Orders.Path}?{query}");

        answer.ExpectError(400, code);
        Assert.Equal(field, Assert.Single(answer.ErrorFields));
    }

    [Fact]
    public async Task Everything_wrong_with_a_body_is_named_at_once_and_nothing_is_written()
    {
        var before = await TotalAsync();

        var answer = await Customer.PostAsync(Orders.Path, new
        {
            key = "mine",
            noSuchField = 1,
            orderDate = "soon",
            lineItems = new object[] { new { materialKey = "1", quantity = "a few", price = "1" } },
        });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Superset(new HashSet<string> { "key", "noSuchField", "orderDate", "lineItems[0].quantity" }, answer.ErrorFields.ToHashSet());
        Assert.Equal(before, await TotalAsync());
    }

    [Fact]
    public async Task A_missing_required_field_is_named()
    {
        var answer = await Customer.PostAsync(Orders.Path, new { title = "Nobody sells it" });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Contains("vendorKey", answer.ErrorFields);
    }

    [Theory]
    [InlineData("{\"title\":", "application/json", 400, "MALFORMED_JSON")]
    [InlineData("description=x", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("[]", "application/json", 422, "VALIDATION_FAILED")]
    [InlineData("null", "application/json", 422, "VALIDATION_FAILED")]
    public async Task A_body_that_is_no_object_is_refused(string text, string contentType, int status, string code)
    {
        using var content = new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));

        (await Customer.SendAsync(HttpMethod.Post, Orders.Path, content)).ExpectError(status, code);
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused()
    {
        using var content = new StringContent($"{{\"title\":\"{new string('x', 1024 * 1024)}\"}}", Encoding.UTF8, "application/json");

        (await Customer.SendAsync(HttpMethod.Post, Orders.Path, content)).ExpectError(413, "BODY_TOO_LARGE");
    }

    [Fact]
    public async Task A_record_that_does_not_exist_is_not_found()
    {
        (await Customer.GetAsync($"{Orders.Path}/424242")).ExpectError(404, "RECORD_NOT_FOUND");
        (await Customer.GetAsync($"{Orders.Path}/no such key'\"")).ExpectError(404, "RECORD_NOT_FOUND");
    }

    [Fact]
    public async Task What_the_model_does_not_have_is_not_found()
    {
        (await Customer.GetAsync("/api/erp/spaceships")).ExpectError(404, "UNKNOWN_ENTITY");
        (await Customer.GetAsync("/api/crm/vendors")).ExpectError(404, "ROUTE_NOT_FOUND");
        (await Customer.SendAsync(HttpMethod.Patch, Orders.Path)).ExpectError(404, "ROUTE_NOT_FOUND");
    }

    private async Task<int> TotalAsync() =>
        (await Customer.GetAsync($"{Orders.Path}?per_page=1")).Expect(200).GetProperty("meta").GetProperty("total").GetInt32();
}
