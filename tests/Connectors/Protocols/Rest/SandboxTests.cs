using System.Text.Json.Nodes;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>The REST engine and the sandbox's definition, against the sandbox itself.</summary>
public sealed class SandboxTests
{
    private const string Orders = "purchase-orders";

    [Fact]
    public async Task An_order_is_created_read_changed_and_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var created = await CreateOrderAsync(sandbox);
        var key = (string)created["key"]!;
        var updated = await sandbox.DoAsync(Orders, "update", key, """{"notes":"urgent","title":null,"billingAddress":{"city":"Graz"}}""");

        Assert.Equal("draft", (string?)created["statusKey"]);
        Assert.Equal("9.50", (string?)created["lineItems"]![0]!["price"]);
        Assert.Equal("urgent", (string?)updated!["notes"]);
        Assert.Null(updated["title"]);
        Assert.Equal("Graz", (string?)updated["billingAddress"]!["city"]);
        Assert.Equal(created["lineItems"]!.ToJsonString(), updated["lineItems"]!.ToJsonString());
        await sandbox.DoAsync(Orders, "delete", key);
        Assert.Equal(ErrorCode.RecordNotFound, (await FailureAsync(sandbox, Orders, "get", key)).Code);
    }

    [Fact]
    public async Task A_unified_call_is_one_call_of_the_source()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = await OrderAsync(sandbox);
        await sandbox.StatsAsync();

        await sandbox.ListAsync(Orders, [("statusKey", FilterOperator.Equal, ["draft"])]);
        var order = (await sandbox.DoAsync(Orders, "create", body: body))!;
        await sandbox.DoAsync(Orders, "get", (string?)order["key"]);
        await sandbox.DoAsync(Orders, "update", (string?)order["key"], """{"notes":"x"}""");
        await sandbox.DoAsync(Orders, "set-status", (string?)order["key"], """{"statusKey":"submitted"}""");

        Assert.Equal(5, (int?)(await sandbox.StatsAsync())["total"]);
    }

    [Fact]
    public async Task A_page_beyond_the_sources_largest_is_gathered_from_several()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await sandbox.DoAsync("vendors", "create", body: $$"""{"name":"Many {{i:00}}"}""");
        }

        var (all, result) = await sandbox.ListAsync("vendors", perPage: 1000, sorts: [("name", false)]);
        var pages = new List<string>();
        for (var page = 1; page <= (result.Total + 6) / 7; page++)
        {
            pages.AddRange((await sandbox.ListAsync("vendors", page: page, perPage: 7, sorts: [("name", false)])).Records.Select(r => (string)r!["key"]!));
        }

        Assert.Equal(result.Total, all.Count);
        Assert.Equal(all.Select(r => (string)r!["key"]!), pages);
    }

    [Fact]
    public async Task A_forward_only_list_is_walked_by_cursors_to_its_end()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (all, whole) = await sandbox.ListAsync("meter-readings", perPage: 1000);
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var (records, result) = await sandbox.ListAsync("meter-readings", perPage: 7, cursor: cursor);
            keys.AddRange(records.Select(r => (string)r!["key"]!));
            cursor = result.NextCursor;
            Assert.Equal(cursor is not null, result.HasMore);
        }
        while (cursor is not null);

        Assert.Equal(all.Select(r => (string)r!["key"]!), keys);
        Assert.Null(whole.NextCursor);
        Assert.Null(whole.Total);
        Assert.Equal(PagingStyle.Cursor, sandbox.Connector.Platform.Entities["meter-readings"].Paging);
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_none_of_ours_is_refused()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var cursor = (await sandbox.ListAsync("meter-readings", perPage: 2)).Result.NextCursor!;

        foreach (var wrong in new[] { "x", "", "!!", cursor[..^3] + "abc", Convert.ToBase64String(new byte[40]) })
        {
            var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync("meter-readings", cursor: wrong));
            Assert.Equal(ErrorCode.InvalidCursor, error.Code);
        }

        var filtered = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync("meter-readings", [("meterKey", FilterOperator.Equal, ["met_1001"])], cursor: cursor));
        Assert.Equal(ErrorCode.InvalidCursor, filtered.Code);
    }

    [Fact]
    public async Task Filters_are_joined_by_all_or_any()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.DoAsync("vendors", "create", body: """{"name":"Alpha & Söhne, Linz","email":"a@x.example"}""");
        await sandbox.DoAsync("vendors", "create", body: """{"name":"Beta 100%","email":"b@x.example"}""");

        (string, FilterOperator, string[])[] filters = [("name", FilterOperator.Contains, ["& söhne,"]), ("name", FilterOperator.Equal, ["Beta 100%"])];

        Assert.Equal(2, (await sandbox.ListAsync("vendors", filters, FilterMatch.Any)).Records.Count);
        Assert.Empty((await sandbox.ListAsync("vendors", filters)).Records);
    }

    [Fact]
    public async Task Several_values_with_a_comma_in_one_are_refused_rather_than_torn_apart()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync("vendors", [("name", FilterOperator.In, ["Smith, Jones", "Other"])]));

        Assert.Equal(ErrorCode.UnsupportedFilter, error.Code);
    }

    [Fact]
    public async Task A_status_is_reached_or_the_present_one_is_named()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (orders, _) = await sandbox.ListAsync("work-orders", [("statusKey", FilterOperator.Equal, ["open"])]);
        var key = (string?)orders[0]!["key"];

        var started = await sandbox.DoAsync("work-orders", "set-status", key, """{"status":"in_progress"}""");
        var again = await sandbox.DoAsync("work-orders", "set-status", key, """{"status":"in_progress"}""");
        var error = await FailureAsync(sandbox, "work-orders", "set-status", key, """{"status":"open"}""");

        Assert.Equal("in_progress", (string?)started!["statusKey"]);
        Assert.Equal("in_progress", (string?)again!["statusKey"]);
        Assert.Equal(ErrorCode.StatusNotReachable, error.Code);
        Assert.Equal(new ErrorDetail("statusKey", "is 'in_progress'"), Assert.Single(error.Details));
    }

    [Fact]
    public async Task The_materials_of_a_work_order_are_listed_added_and_changed()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var order = (string?)(await sandbox.DoAsync("work-orders", "create", body: """{"title":"Change bearing"}"""))!["key"];
        var item = (string?)(await sandbox.ListAsync("materials", perPage: 1)).Records[0]!["key"];

        var added = await sandbox.DoAsync("work-orders", "materials.create", order, $$"""{"materialKey":"{{item}}","requiredQuantity":"2"}""");
        var changed = await sandbox.DoAsync("work-orders", "materials.update", order, """{"usedQuantity":"1.5"}""", subKey: (string?)added!["key"]);
        var (listed, _) = await sandbox.ListAsync("work-orders", operation: "materials.list", key: order);

        Assert.Equal("2", (string?)changed!["requiredQuantity"]);
        Assert.Equal("1.5", (string?)changed["usedQuantity"]);
        Assert.Equal(changed.ToJsonString(), Assert.Single(listed)!.ToJsonString());
    }

    [Fact]
    public async Task A_level_is_set_by_its_key_and_under_its_material()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var level = (await sandbox.ListAsync("inventories", perPage: 1)).Records[0]!;

        var set = await sandbox.DoAsync("inventories", "update", (string?)level["key"], """{"quantity":17}""");
        var material = await sandbox.DoAsync("materials", "inventory.update", (string?)level["materialKey"], $$"""{"quantity":18,"locationKey":"{{level["locationKey"]}}"}""");

        Assert.Equal(17, (double?)set!["quantity"]);
        Assert.Equal((string?)level["materialKey"], (string?)material!["key"]);
        Assert.Equal(18, (double?)(await sandbox.DoAsync("inventories", "get", (string?)level["key"]))!["quantity"]);
    }

    [Fact]
    public async Task The_fields_that_the_source_refuses_have_their_unified_names()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var error = await FailureAsync(sandbox, Orders, "create", null, """{"vendorKey":"no-such","lineItems":[{"materialKey":"no-such","quantity":"1"}]}""");

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
        Assert.Contains(error.Details, d => d.Field == "vendorKey");
        Assert.Contains(error.Details, d => d.Field == "lineItems[0].materialKey");
    }

    [Theory]
    [InlineData("po_9999")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../vendors/ven_1001")]
    [InlineData("po_1001?x=1")]
    [InlineData("%2e%2e")]
    public async Task A_key_never_leads_out_of_its_collection(string key)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(ErrorCode.RecordNotFound, (await FailureAsync(sandbox, Orders, "get", key)).Code);
    }

    [Fact]
    public async Task A_wrong_key_and_a_missing_right_are_told_apart()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await using var stranger = sandbox.Open("wrong-Secret-77");
        await using var reader = sandbox.Open("sandbox-readonly-1");

        var refused = await Assert.ThrowsAsync<ApiException>(() => stranger.ProveAsync(TestContext.Current.CancellationToken));
        await reader.ProveAsync(TestContext.Current.CancellationToken);
        var forbidden = await Assert.ThrowsAsync<ApiException>(() => reader.ExecuteAsync(
            new EntityRequest(SandboxFixture.Entity(Orders), "delete") { Key = "po_1001" }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.AuthenticationFailed, refused.Code);
        Assert.Equal(ErrorCode.PermissionDenied, forbidden.Code);
        Assert.DoesNotContain("wrong-Secret-77", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("no address")]
    [InlineData("http://user:pass@x")]
    [InlineData("http://x/?a=1")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_refused_before_anything_is_called(string url)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var error = Assert.Throws<ApiException>(() => sandbox.Connector.Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = url, ["apiKey"] = "sandbox-1" }, new MemoryAccessTokens()));

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
        Assert.Equal("credentials.url", Assert.Single(error.Details).Field);
    }

    [Fact]
    public async Task A_created_order_whose_answer_was_lost_is_found_by_its_reference_and_exists_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"drop_answers":{"next":1}}""");

        var error = await Assert.ThrowsAsync<ApiException>(() => CreateOrderAsync(sandbox, "ref-1"));
        var found = SandboxFixture.Parse(await sandbox.System.FindByReferenceAsync(SandboxFixture.Entity(Orders), "ref-1", TestContext.Current.CancellationToken));
        var none = await sandbox.System.FindByReferenceAsync(SandboxFixture.Entity(Orders), "ref-2", TestContext.Current.CancellationToken);

        Assert.True(error.OutcomeUnknown);
        Assert.NotNull((string?)found!["key"]);
        Assert.Null(none);
        Assert.Equal(1, (int?)(await sandbox.StatsAsync())["requests"]!["POST /v1/purchase-orders"]);
    }

    [Fact]
    public async Task A_source_that_asks_for_a_pause_gets_it_and_the_call_succeeds()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"rate_limit":{"next":2,"retry_after":0}}""");

        await sandbox.ListAsync(Orders);
        await sandbox.FaultAsync("""{"rate_limit":{"next":1,"retry_after":3600}}""");
        var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync(Orders));

        Assert.Equal(ErrorCode.RateLimitExceeded, error.Code);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
    }

    [Fact]
    public async Task A_failure_of_a_write_is_not_repeated_and_leaves_its_outcome_open()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var body = await OrderAsync(sandbox);
        await sandbox.FaultAsync("""{"errors":{"next":1,"status":500}}""");

        var error = await FailureAsync(sandbox, Orders, "create", null, body);

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.True(error.OutcomeUnknown);
    }

    [Fact]
    public async Task Two_hundred_lists_at_once_stay_within_the_connections_limit()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"latency_ms":5}""");

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => sandbox.ListAsync(Orders, perPage: 2)));

        Assert.All(results, r => Assert.Equal(2, r.Records.Count));
        Assert.InRange((int)(await sandbox.StatsAsync())["max_in_flight"]!, 1, 4);
    }

    private static async Task<JsonNode> CreateOrderAsync(SandboxFixture sandbox, string? reference = null) =>
        (await sandbox.DoAsync(Orders, "create", body: await OrderAsync(sandbox), reference: reference))!;

    private static async Task<string> OrderAsync(SandboxFixture sandbox)
    {
        var vendor = (await sandbox.ListAsync("vendors", perPage: 1)).Records[0]!["key"];
        var item = (await sandbox.ListAsync("materials", perPage: 1)).Records[0]!["key"];
        return $$"""{"vendorKey":"{{vendor}}","title":"Bearings","lineItems":[{"materialKey":"{{item}}","quantity":"3","price":"9.50"}]}""";
    }

    private static Task<ApiException> FailureAsync(SandboxFixture sandbox, string entity, string operation, string? key, string? body = null) =>
        Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync(entity, operation, key, body));
}
