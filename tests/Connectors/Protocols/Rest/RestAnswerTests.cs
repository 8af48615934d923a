using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>Answers that the sandbox never gives.</summary>
public sealed class RestAnswerTests
{
    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"records":[]}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[{"id":1}""")]
    [InlineData("""{"items":[7]}""")]
    [InlineData("""[{"id":1}]""")]
    public async Task A_list_that_is_none_is_the_sources_failure(string body)
    {
        await using var example = await RestExample.StartAsync(200, body);

        var error = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("list"));

        Assert.Equal(ErrorCode.SourceError, error.Code);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task A_created_record_whose_answer_cannot_be_read_may_have_been_written(string body)
    {
        await using var example = await RestExample.StartAsync(201, body);

        var error = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("create", body: """{"name":"x"}"""));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.True(error.OutcomeUnknown);
    }

    [Theory]
    [InlineData(401, "AUTHENTICATION_FAILED")]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(404, "RECORD_NOT_FOUND")]
    [InlineData(409, "CONFLICT")]
    [InlineData(413, "SOURCE_REJECTED")]
    [InlineData(422, "SOURCE_REJECTED")]
    [InlineData(429, "RATE_LIMIT_EXCEEDED")]
    [InlineData(302, "SOURCE_ERROR")]
    [InlineData(500, "SOURCE_ERROR")]
    [InlineData(502, "SOURCE_ERROR")]
    [InlineData(503, "SOURCE_UNAVAILABLE")]
    [InlineData(504, "SOURCE_TIMEOUT")]
    public async Task A_status_says_what_is_wrong_whatever_the_body_is(int status, string code)
    {
        await using var example = await RestExample.StartAsync(status, "<html>gateway</html>");

        var error = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("get", "1"));

        Assert.Equal(code, error.Code.Name);
        Assert.DoesNotContain("html", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_not_found_means_that_the_address_is_wrong()
    {
        await using var example = await RestExample.StartAsync(404, "{}");

        Assert.Equal(ErrorCode.SourceError, (await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("list"))).Code);
    }

    [Fact]
    public async Task A_code_of_the_sources_says_more_than_its_status()
    {
        await using var example = await RestExample.StartAsync(400, """{"code":"locked","message":"Somebody\nedits it"}""");

        var error = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("create", body: """{"name":"x"}"""));

        Assert.Equal(ErrorCode.Conflict, error.Code);
        Assert.Equal("Somebody edits it", error.Message);
    }

    [Fact]
    public async Task A_secret_that_the_source_repeats_reaches_nobody()
    {
        await using var example = await RestExample.StartAsync(400, $$"""{"message":"Bearer {{RestExample.Secret}} is odd","fields":{"name":"not {{RestExample.Secret}}"} }""");

        var error = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("create", body: """{"name":"x"}"""));

        Assert.Equal("Bearer … is odd", error.Message);
        Assert.Equal(new ErrorDetail("name", "not …"), Assert.Single(error.Details));
        Assert.DoesNotContain(RestExample.Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_for_people_proves_nothing()
    {
        await using var example = await RestExample.StartAsync(200, "<html>Log in</html>");

        var error = await Assert.ThrowsAsync<ApiException>(() => example.System.ProveAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceError, error.Code);
    }

    [Theory]
    [InlineData("key\r\nX-Other: 1")]
    [InlineData("schlüssel")]
    public async Task A_key_that_no_header_can_carry_is_refused_by_name(string apiKey)
    {
        await using var example = await RestExample.StartAsync(200, "{}");

        var error = Assert.Throws<ApiException>(() => example.Open(apiKey));

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
        Assert.Equal("credentials.apiKey", Assert.Single(error.Details).Field);
        Assert.DoesNotContain(apiKey, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, "1", true)]
    [InlineData(3, 1, "1 2 3", true)]
    [InlineData(3, 2, "4 5 6", true)]
    [InlineData(3, 3, "7", false)]
    [InlineData(7, 1, "1 2 3 4 5 6 7", false)]
    [InlineData(100, 1, "1 2 3 4 5 6 7", false)]
    [InlineData(3, 9, "", false)]
    public async Task A_page_is_gathered_by_offsets_from_pages_that_begin_elsewhere(int perPage, int page, string keys, bool hasMore)
    {
        await using var example = await RestExample.StartAsync(Seven);

        var result = await example.DoAsync("list", query: ListQuery.Everything with { Page = page, PerPage = perPage });

        Assert.Equal(keys, string.Join(' ', SandboxFixture.Parse(result)!.AsArray().Select(r => (string?)r!["key"])));
        Assert.Equal(hasMore, result.HasMore);
        Assert.Null(result.Total);
    }

    [Fact]
    public async Task A_list_may_be_the_answer_itself()
    {
        await using var example = await RestExample.StartAsync(c => c.Response.WriteAsync(""" [{"id":1,"name":"a"}] """), "list: {items: items}", "list: {}");

        Assert.Equal(1, (await example.DoAsync("list")).Count);
    }

    [Fact]
    public async Task A_list_whose_source_takes_no_filters_and_sorts_refuses_them()
    {
        await using var example = await RestExample.StartAsync(Seven);
        var name = Core.Entities.EntityModel.Default.Find("vendors")!.Record.Find("name")!;

        var filter = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("list", query: ListQuery.Everything with { Filters = [new(name, FilterOperator.Equal, ["x"])] }));
        var sort = await Assert.ThrowsAsync<ApiException>(() => example.DoAsync("list", query: ListQuery.Everything with { Sorts = [new(name, false)] }));

        Assert.Equal(ErrorCode.UnsupportedFilter, filter.Code);
        Assert.Equal(ErrorCode.UnsupportedSort, sort.Code);
        Assert.All(example.Connector.Platform.Entities["vendors"].Fields.Values, f => Assert.True(f.Filters.Count == 0 && !f.Sortable));
    }

    [Theory]
    [InlineData("create: 'POST {resource}'", "create: 'POST'", "'create'")]
    [InlineData("locked: CONFLICT", "locked: NO_SUCH", "NO_SUCH")]
    [InlineData("prove: ping", "{prove: ping, address: host}", "host")]
    [InlineData("max: 2", "max: 0", "pages")]
    [InlineData("resource: suppliers", "{resource: suppliers, reference: ref}", "reference")]
    [InlineData("[list, get, create]", "[list, get, set-status]", "set-status")]
    public void A_section_that_does_not_fit_names_what_is_wrong(string right, string wrong, string named)
    {
        // In flow form a second property needs no line of its own.
        var connector = () => RestExample.Connect(right, wrong.StartsWith('{') ? wrong[1..^1].Replace(", ", right.StartsWith("prove", StringComparison.Ordinal) ? "\n  " : "\n    ", StringComparison.Ordinal) : wrong);

        var error = Assert.Throws<DefinitionException>(() => connector().Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = "http://localhost", ["apiKey"] = "k" }, new MemoryAccessTokens()));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static Task Seven(HttpContext context)
    {
        var skip = int.Parse(context.Request.Query["skip"]!, CultureInfo.InvariantCulture);
        var take = int.Parse(context.Request.Query["take"]!, CultureInfo.InvariantCulture);
        return context.Response.WriteAsync($$"""{"items":[{{string.Join(',', Enumerable.Range(1, 7).Skip(skip).Take(take).Select(i => $$"""{"id":{{i}},"name":"n"}"""))}}]}""");
    }
}
