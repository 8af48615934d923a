using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>Walks over sources with other ways than the sandbox's, or with faults.</summary>
public sealed class RestScanTests
{
    private const string Entities = "entities:\n  vendors:\n    resource: suppliers\n    fields: {name: name}";
    private static readonly DateTimeOffset Since = new(2026, 11, 24, 10, 0, 0, 750, TimeSpan.Zero);

    [Fact]
    public async Task A_source_that_says_no_total_is_walked_forward_until_a_page_is_not_full()
    {
        var asked = new List<string>();
        await using var example = await StartAsync(Serve(5, asked), "");

        var walked = await Walks.ToEndAsync(example.System, Request(since: null));

        Assert.Equal(["1", "2", "3", "4", "5"], walked.Select(Walks.KeyOf));
        Assert.Equal(["?skip=0&take=2", "?skip=2&take=2", "?skip=4&take=2"], asked);
    }

    [Fact]
    public async Task A_source_that_filters_but_does_not_sort_is_walked_by_number()
    {
        var asked = new List<string>();
        await using var example = await StartAsync(Serve(3, asked), "  filters: {operators: {greater-than-or-equal: .from}}\n");

        var walked = await Walks.ToEndAsync(example.System, Request(Since));

        Assert.Equal(["1", "2", "3"], walked.Select(Walks.KeyOf));
        Assert.Equal(["?changed.from=2026-11-24T10%3A00%3A00.75Z&skip=0&take=2", "?changed.from=2026-11-24T10%3A00%3A00.75Z&skip=2&take=2"], asked);
    }

    [Theory]
    [InlineData("epoch-seconds", "1795514400")]
    [InlineData("epoch-millis", "1795514400750")]
    [InlineData("date", "2026-11-24")]
    public async Task A_time_is_asked_for_as_coarsely_as_the_source_keeps_it(string codec, string asks)
    {
        var asked = new List<string>();
        await using var example = await StartAsync(Serve(0, asked), Sorting, $"{{path: changed, as: {codec}}}");

        await Walks.ToEndAsync(example.System, Request(Since));

        Assert.Equal([$"?changed.from={asks}&sort=changed&skip=0&take=2"], asked);
    }

    [Theory]
    [InlineData("\"2026-11-24T09:59:59Z\"")]
    [InlineData("null")]
    public async Task Records_that_are_not_in_the_order_asked_for_are_the_sources_failure(string changed)
    {
        await using var example = await StartAsync(
            context => context.Response.WriteAsync($$"""{"items":[{"id":"1","name":"A","changed":"2026-11-24T10:00:01Z"},{"id":"2","name":"B","changed":{{changed}}}]}"""), Sorting);

        var error = await Assert.ThrowsAsync<ApiException>(() => example.System.ScanAsync(Request(Since), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceError, error.Code);
    }

    [Fact]
    public async Task One_time_is_recognized_whatever_zeros_its_fraction_has()
    {
        await using var example = await StartAsync(
            context => context.Response.WriteAsync((string?)context.Request.Query["skip"] switch
            {
                "0" => """{"items":[{"id":"1","changed":"2026-11-24T10:00:00.750Z"},{"id":"2","changed":"2026-11-24T10:00:00.7500Z"}]}""",
                "2" => """{"items":[{"id":"3","changed":"2026-11-24T10:00:00.7500Z"},{"id":"4","changed":"2026-11-24T10:00:00.750Z"}]}""",
                _ => """{"items":[{"id":"5","changed":"2026-11-24T10:00:00.750Z"}]}""",
            }),
            Sorting);

        var walked = await Walks.ToEndAsync(example.System, Request(Since));

        Assert.Equal(["1", "2", "3", "4", "5"], walked.Select(Walks.KeyOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cursor_that_the_source_no_longer_takes_begins_the_walk_again()
    {
        await using var example = await StartAsync(
            context =>
            {
                context.Response.StatusCode = context.Request.Query.ContainsKey("after") ? 400 : 200;
                return context.Response.WriteAsync("""{"items":[{"id":"1"}],"next":"abc"}""");
            },
            Forward);
        var position = (await example.System.ScanAsync(Request(since: null), TestContext.Current.CancellationToken)).Position;

        var error = await Assert.ThrowsAsync<ApiException>(() => example.System.ScanAsync(Request(since: null) with { Position = position }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.InvalidCursor, error.Code);
    }

    [Fact]
    public async Task A_cursor_that_is_too_long_to_keep_is_the_sources_failure()
    {
        await using var example = await StartAsync(context => context.Response.WriteAsync($$"""{"items":[{"id":"1"}],"next":"{{new string('x', 1_600)}}"}"""), Forward);

        var error = await Assert.ThrowsAsync<ApiException>(() => example.System.ScanAsync(Request(since: null), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceError, error.Code);
    }

    private static string Sorting => "  filters: {operators: {greater-than-or-equal: .from}}\n  sort: {parameter: sort}\n";

    private static string Forward => "  list: {items: items, nextCursor: next}\n  paging: {style: cursor, parameter: after, size: take, max: 2}\n";

    private static ScanRequest Request(DateTimeOffset? since) => new(EntityModel.Default.Find("vendors")!) { Since = since };

    private static Task<RestExample> StartAsync(RequestDelegate answer, string settings, string updated = "changed") => settings == Forward
        ? RestExample.StartAsync(answer, "  list: {items: items}\n  paging: {style: offset, parameter: skip, size: take, max: 2}\n", settings)
        : RestExample.StartAsync(answer, Entities, settings + Entities.Replace("{name: name}", $"{{name: name, updatedAt: {updated}}}", StringComparison.Ordinal));

    private static RequestDelegate Serve(int records, List<string> asked) => context =>
    {
        asked.Add(context.Request.QueryString.Value!);
        var skip = int.Parse(context.Request.Query["skip"]!, CultureInfo.InvariantCulture);
        var page = Enumerable.Range(1, records).Skip(skip).Take(2).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{i}}","changed":"2026-11-24T10:00:01Z"}"""));
        return context.Response.WriteAsync($$"""{"items":[{{string.Join(',', page)}}]}""", Encoding.UTF8);
    };
}
