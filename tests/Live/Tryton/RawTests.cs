using System.Text.Json.Nodes;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Live.Tests.Tryton;

public sealed class RawTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    private IRawTables Tables => (IRawTables)tryton.System;

    [Fact]
    public async Task Its_own_rpc_is_called_in_the_connections_session()
    {
        var answer = await ((IPassthrough)tryton.System).SendAsync(
            new PassthroughRequest(HttpMethod.Post, "tryton/")
            {
                Body = """{"id":1,"method":"model.party.party.search_count","params":[[],{}]}"""u8.ToArray(),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.True((int)JsonNode.Parse(answer.Body.Span)!["result"]! > 0);
    }

    [Fact]
    public async Task Its_models_are_read_with_filter_order_and_pages()
    {
        var names = (await Tables.ListTablesAsync(TestContext.Current.CancellationToken)).Select(t => t.Name).ToList();
        var all = await ReadAsync(new RawTableRequest("stock.location", 1, 1000));
        var first = await ReadAsync(new RawTableRequest("stock.location", 1, 2) { Sorts = [("code", true)] });
        var storage = await ReadAsync(new RawTableRequest("stock.location", 1, 1000)
        {
            Filters = [("type", FilterOperator.Equal, "storage"), ("id", FilterOperator.GreaterThan, "0"), ("name", FilterOperator.Contains, "o")],
        });

        Assert.Contains("purchase.purchase", names);
        Assert.Equal(2, first.Records.Count);
        Assert.True(first.Page.HasMore);
        Assert.False(all.Page.HasMore);
        Assert.Equal(
            all.Records.Where(r => (string?)r!["type"] == "storage" && ((string?)r["name"])!.Contains('o', StringComparison.OrdinalIgnoreCase)).Select(r => r!.ToJsonString()),
            storage.Records.Select(r => r!.ToJsonString()));
    }

    [Fact]
    public async Task Every_table_that_the_user_may_read_can_be_read()
    {
        foreach (var table in (await Tables.ListTablesAsync(TestContext.Current.CancellationToken)).Where(t => t.Name.StartsWith("party.", StringComparison.Ordinal) || t.Name.StartsWith("purchase.", StringComparison.Ordinal)))
        {
            try
            {
                await ReadAsync(new RawTableRequest(table.Name, 1, 1));
            }
            catch (ApiException e)
            {
                // A wizard or report has no records; a model may be closed to the user.
                Assert.True(e.Code == ErrorCode.PermissionDenied || e.Code == ErrorCode.SourceRejected, $"{table.Name}: {e.Code.Name} {e.Message}");
            }
        }
    }

    [Fact]
    public async Task What_it_does_not_have_is_refused()
    {
        Assert.Equal(ErrorCode.RecordNotFound, await FailAsync(new RawTableRequest("no.model", 1, 1)));
        Assert.Equal(ErrorCode.UnsupportedFilter, await FailAsync(new RawTableRequest("party.party", 1, 1) { Filters = [("colour", FilterOperator.Equal, "red")] }));
        Assert.Equal(ErrorCode.UnsupportedFilter, await FailAsync(new RawTableRequest("party.party", 1, 1) { Filters = [("id", FilterOperator.Equal, "red")] }));
        Assert.Equal(ErrorCode.UnsupportedFilter, await FailAsync(new RawTableRequest("party.party", 1, 1) { Filters = [("id", FilterOperator.Contains, "1")] }));
        Assert.Equal(ErrorCode.UnsupportedSort, await FailAsync(new RawTableRequest("party.party", 1, 1) { Sorts = [("colour", true)] }));
    }

    private async Task<(RawPage Page, JsonArray Records)> ReadAsync(RawTableRequest request)
    {
        var page = await Tables.ReadTableAsync(request, TestContext.Current.CancellationToken);
        var records = JsonNode.Parse(page.Records.Span)!.AsArray();
        Assert.Equal(page.Count, records.Count);
        return (page, records);
    }

    private async Task<ErrorCode> FailAsync(RawTableRequest request) => (await Assert.ThrowsAsync<ApiException>(() => ReadAsync(request))).Code;
}
