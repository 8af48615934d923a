using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>What the sandbox refuses, and what is refused because it could not do it.</summary>
public sealed class SandboxRefusalTests
{
    [Fact]
    public async Task A_closed_record_is_not_changed_and_one_in_use_not_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var closed = (await sandbox.ListAsync("purchase-orders", [("statusKey", FilterOperator.Equal, ["received"])])).Records[0]!;

        var change = await Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync("purchase-orders", "update", (string?)closed["key"], """{"notes":"late"}"""));
        var delete = await Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync("vendors", "delete", (string?)closed["vendorKey"]));

        Assert.Equal(ErrorCode.Conflict, change.Code);
        Assert.Equal(ErrorCode.Conflict, delete.Code);
        Assert.False(change.OutcomeUnknown || delete.OutcomeUnknown);
    }

    [Fact]
    public async Task A_part_is_added_to_no_closed_and_no_missing_work_order()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var done = (await sandbox.ListAsync("work-orders", [("statusKey", FilterOperator.Equal, ["done"])])).Records[0]!;
        const string Part = """{"materialKey":"itm_1001","requiredQuantity":"1"}""";

        var closed = await Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync("work-orders", "materials.create", (string?)done["key"], Part));
        var missing = await Assert.ThrowsAsync<ApiException>(() => sandbox.DoAsync("work-orders", "materials.create", "wo_9999", Part));
        var unmapped = await Assert.ThrowsAsync<ApiException>(
            () => sandbox.DoAsync("work-orders", "materials.create", (string?)done["key"], """{"materialKey":"itm_1001","storeroomKey":"sto_1001"}"""));

        Assert.Equal(ErrorCode.Conflict, closed.Code);
        Assert.Equal(ErrorCode.RecordNotFound, missing.Code);
        Assert.Equal("storeroomKey", Assert.Single(unmapped.Details).Field);
    }

    [Fact]
    public async Task A_list_under_a_record_takes_no_filters_and_sorts()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var filter = await Assert.ThrowsAsync<ApiException>(
            () => sandbox.ListAsync("work-orders", [("key", FilterOperator.Equal, ["1"])], operation: "materials.list", key: "wo_1001"));
        var sort = await Assert.ThrowsAsync<ApiException>(
            () => sandbox.ListAsync("work-orders", sorts: [("key", true)], operation: "materials.list", key: "wo_1001"));

        Assert.Equal(ErrorCode.UnsupportedFilter, filter.Code);
        Assert.Equal(ErrorCode.UnsupportedSort, sort.Code);
    }

    [Fact]
    public async Task The_lists_under_materials_and_assets_are_paged()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var assembly = (await sandbox.ListAsync("materials", [("isAssembly", FilterOperator.Equal, ["true"])])).Records[0]!;
        var (children, all) = await sandbox.ListAsync("materials", operation: "children.list", key: (string?)assembly["key"]);
        var (second, _) = await sandbox.ListAsync("materials", operation: "children.list", key: (string?)assembly["key"], page: 2, perPage: 1);
        var (parts, _) = await sandbox.ListAsync("assets", operation: "materials.list", key: "ast_1001");

        Assert.True(all.Total > 1);
        Assert.Equal(children[1]!.ToJsonString(), Assert.Single(second)!.ToJsonString());
        Assert.Equal((string?)children[0]!["code"], (string?)(await sandbox.DoAsync("materials", "get", (string?)children[0]!["key"]))!["code"]);
        Assert.All(parts, p => Assert.NotNull((string?)p!["materialKey"]));
    }

    [Theory]
    [InlineData(FilterOperator.GreaterThan, "2026-03-10T12:00:00Z", "2026-03-11")]
    [InlineData(FilterOperator.GreaterThanOrEqual, "2026-03-10T12:00:00Z", "2026-03-11")]
    [InlineData(FilterOperator.LessThan, "2026-03-10T12:00:00Z", "2026-03-10")]
    [InlineData(FilterOperator.LessThanOrEqual, "2026-03-10T12:00:00Z", "2026-03-10")]
    [InlineData(FilterOperator.GreaterThanOrEqual, "2026-03-11T00:00:00Z", "2026-03-11")]
    [InlineData(FilterOperator.LessThan, "2026-03-11T00:00:00Z", "2026-03-10")]
    public async Task A_moment_within_a_day_is_compared_as_its_day_that_the_source_keeps(FilterOperator op, string moment, string found)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        foreach (var day in new[] { "2026-03-10", "2026-03-11" })
        {
            await sandbox.DoAsync("service-requests", "create", body: $$"""{"title":"Due {{day}}","dueAt":"{{day}}T00:00:00Z"}""");
        }

        var (records, _) = await sandbox.ListAsync("service-requests", [("title", FilterOperator.StartsWith, ["Due 2026-03-1"]), ("dueAt", op, [moment])]);

        Assert.Equal($"Due {found}", (string?)Assert.Single(records)!["title"]);
    }

    [Theory]
    [InlineData("dueAt", FilterOperator.Equal, "2026-03-10T12:00:00Z")]
    [InlineData("title", FilterOperator.Contains, "")]
    [InlineData("title", FilterOperator.Equal, "")]
    public async Task What_the_source_would_take_for_something_else_is_refused(string field, FilterOperator op, string value)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.ListAsync("service-requests", [(field, op, [value])]));

        Assert.Equal(ErrorCode.UnsupportedFilter, error.Code);
        Assert.Equal(FilterSyntax.Parameter(field, op), Assert.Single(error.Details).Field);
    }
}
