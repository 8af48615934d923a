using System.Text;
using System.Text.Json;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests.Raw;

public sealed class RawTests(RawTests.Fixture fixture) : IClassFixture<RawTests.Fixture>
{
    private ApiClient Customer => fixture.Connected.Customer;

    [Fact]
    public async Task A_request_reaches_the_systems_own_api_and_its_answer_comes_back_as_it_is()
    {
        var listed = (await PassAsync(new { method = "GET", path = "v1/vendors", query = new { page_size = 1 } })).Expect(200).GetProperty("data");
        var id = listed.GetProperty("body").GetProperty("items")[0].GetProperty("id").GetString();
        var changed = (await PassAsync(new { method = "patch", path = $"v1/vendors/{id}", body = new { name = "By passthrough" } })).Expect(200).GetProperty("data");
        var text = (await PassAsync(new
        {
            method = "patch",
            path = $"v1/vendors/{id}",
            headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            base64encoded = true,
            body = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"name":"By its bytes"}""")),
        })).Expect(200).GetProperty("data");

        Assert.Equal(200, listed.GetProperty("status").GetInt32());
        Assert.Equal("By passthrough", changed.GetProperty("body").GetProperty("name").GetString());
        Assert.Equal("By its bytes", text.GetProperty("body").GetProperty("name").GetString());
        Assert.Equal("By its bytes", (await Customer.GetAsync($"/api/erp/vendors/{id}")).Data.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_refusal_of_the_systems_own_is_its_answer()
    {
        var answer = (await PassAsync(new { method = "get", path = "v1/vendors/ven_none" })).Expect(200).GetProperty("data");

        Assert.Equal(404, answer.GetProperty("status").GetInt32());
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("body").ValueKind);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_by_name()
    {
        (await PassAsync(new { method = "get", path = "../x" })).ExpectError(400, "INVALID_REQUEST");
        Assert.Contains("headers.X-Api-Key", (await PassAsync(new { method = "get", path = "v1/me", headers = new Dictionary<string, string> { ["X-Api-Key"] = "sandbox-other" } }))
            .ExpectError(400, "INVALID_REQUEST").GetRawText(), StringComparison.Ordinal);
        (await PassAsync(new { method = "get", path = "v1/me", headers = new { Authorization = "x" } })).ExpectError(400, "INVALID_REQUEST");
        var problems = (await PassAsync(new { method = "trace", path = "v1/me", query = new[] { 1 }, headers = new { a = new { } }, base64encoded = true, body = "%" }))
            .ExpectError(422, "VALIDATION_FAILED").GetProperty("details").EnumerateArray().Select(d => d.GetProperty("field").GetString());
        Assert.Equal(["method", "query", "headers.a", "body"], problems);
        (await PassAsync(new { method = "get", path = "v1/me", sql = "select 1" })).ExpectError(422, "VALIDATION_FAILED");
        (await fixture.Connected.Application.PostAsync("/api/passthrough", new { method = "get", path = "v1/me" })).ExpectError(403, "WRONG_TOKEN_KIND");
    }

    [Fact]
    public async Task Tables_are_listed_and_read_with_the_sources_own_names()
    {
        var tables = (await Customer.GetAsync("/api/raw/tables")).Expect(200).GetProperty("data").EnumerateArray().ToList();
        var page = (await Customer.GetAsync("/api/raw/tables/purchase-orders/data?filter[state]=draft&sort[order_date]=1&per_page=2")).Expect(200);
        var orders = page.GetProperty("data").EnumerateArray().ToList();

        var table = Assert.Single(tables, t => t.GetProperty("name").GetString() == "purchase-orders");
        Assert.Contains("order_date", table.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(tables.Count, tables.DistinctBy(t => t.GetProperty("name").GetString()).Count());
        Assert.NotEmpty(orders);
        Assert.All(orders, o => Assert.Equal("draft", o.GetProperty("state").GetString()));
        Assert.Equal(orders.Count, page.GetProperty("meta").GetProperty("to").GetInt32());
        Assert.True(page.GetProperty("meta").GetProperty("total").GetInt32() >= orders.Count);
    }

    [Theory]
    [InlineData("nothing/data", 404, "RECORD_NOT_FOUND")]
    [InlineData("purchase-orders/data?filter[statusKey]=draft", 400, "UNSUPPORTED_FILTER")]
    [InlineData("purchase-orders/data?filter[state:like]=draft", 400, "INVALID_REQUEST")]
    [InlineData("purchase-orders/data?filter[approved_at:gt]=1", 400, "UNSUPPORTED_FILTER")]
    [InlineData("purchase-orders/data?sort[nothing]=1", 400, "UNSUPPORTED_SORT")]
    [InlineData("purchase-orders/data?sort[state]=desc", 400, "INVALID_REQUEST")]
    [InlineData("purchase-orders/data?color=red", 400, "INVALID_REQUEST")]
    [InlineData("purchase-orders/data?cursor=abc", 400, "INVALID_CURSOR")]
    [InlineData("purchase-orders/data?per_page=0", 400, "INVALID_REQUEST")]
    public async Task What_a_table_does_not_have_is_refused(string path, int status, string code) =>
        (await Customer.GetAsync($"/api/raw/tables/{path}")).ExpectError(status, code);

    private Task<ApiAnswer> PassAsync(object body) => Customer.PostAsync("/api/passthrough", body);

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(app => SandboxSystem.Of(app, "sandbox-raw"));

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }
}
