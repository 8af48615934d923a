using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Idempotency;
using Millwright.Core.Identity;

namespace Millwright.Core.Tests.Entities;

public sealed class EntityServiceTests : IAsyncLifetime
{
    private const string GoodOrder = """{"vendorKey":"1","lineItems":[{"materialKey":"2","quantity":"3"}]}""";

    private static readonly TokenGrant Grant = new(TokenKind.Connection, "application-1", "connection-1", "fake");

    private readonly DomainStore _domain = new();
    private readonly FakeConnector _connector = new();
    private EntityService _service = null!;

    public async ValueTask InitializeAsync()
    {
        await _domain.Store.Vault.SetAsync(ConnectedSystems.SecretName("connection-1"), "{}", TestContext.Current.CancellationToken);
        _service = new EntityService(
            EntityModel.Default,
            _connector,
            new ConnectedSystems(_connector, _domain.Store.Vault, _domain.AccessTokens),
            new IdempotentWrites(_domain.Store.Tables, _domain.Store.Blobs, _domain.Ids, _domain.Time, NullLogger<IdempotentWrites>.Instance),
            _domain.Ids);
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    [Theory]
    [InlineData("crm", "purchase-orders", "list", "ROUTE_NOT_FOUND")]
    [InlineData("erp", "spaceships", "list", "UNKNOWN_ENTITY")]
    [InlineData("eam", "rfq", "list", "UNKNOWN_ENTITY")]
    [InlineData("erp", "currencies", "delete", "ROUTE_NOT_FOUND")]
    [InlineData("erp", "purchase-orders", "moons.list", "ROUTE_NOT_FOUND")]
    [InlineData("erp", "currencies", "statuses", "ROUTE_NOT_FOUND")]
    [InlineData("eam", "purchase-orders", "list", "UNSUPPORTED_OPERATION")]
    [InlineData("erp", "vendors", "list", "UNSUPPORTED_OPERATION")]
    [InlineData("erp", "purchase-orders", "delete", "UNSUPPORTED_OPERATION")]
    [InlineData("erp", "invoices", "statuses", "UNSUPPORTED_OPERATION")]
    public async Task What_is_not_there_is_refused(string area, string entity, string operation, string code) =>
        await RefusedAsync(code, Call(operation, area, entity));

    [Theory]
    [InlineData("filter[title]", "x", "UNSUPPORTED_FILTER", "filter[title]")]
    [InlineData("filter[orderDate:gt]", "2026-01-01", "UNSUPPORTED_FILTER", "filter[orderDate:gt]")]
    [InlineData("sort[title]", "1", "UNSUPPORTED_SORT", "sort[title]")]
    [InlineData("nonsense", "1", "INVALID_REQUEST", "nonsense")]
    public async Task What_the_system_cannot_select_is_refused_by_name(string name, string value, string code, string field)
    {
        var error = await RefusedAsync(code, Call("list") with { Parameters = [new(name, value)] });

        Assert.Equal(field, Assert.Single(error.Details).Field);
    }

    [Fact]
    public async Task Pages_go_forward_only_where_the_system_does()
    {
        await RefusedAsync("INVALID_CURSOR", Call("list") with { Parameters = [new("cursor", "abc")] });
        await RefusedAsync("INVALID_REQUEST", Call("list", "erp", "receipts") with { Parameters = [new("page", "2")] });
    }

    [Fact]
    public async Task A_list_of_statuses_costs_no_call_and_is_not_filtered()
    {
        var answer = await _service.ExecuteAsync(Call("statuses"), TestContext.Current.CancellationToken);

        Assert.Equal(2, answer.Result.Total);
        Assert.Empty(_connector.Requests);
        await RefusedAsync("UNSUPPORTED_FILTER", Call("statuses") with { Parameters = [new("filter[name]", "Draft")] });
    }

    [Theory]
    [InlineData("""{"vendorKey":"1","orderDate":"2026-01-01","lineItems":[]}""", "orderDate")]
    [InlineData("""{"vendorKey":"1","lineItems":[{"materialKey":"2","price":"3"}]}""", "lineItems[0].price")]
    [InlineData("""{"title":"No vendor"}""", "vendorKey")]
    [InlineData("""{"vendorKey":null}""", "vendorKey")]
    [InlineData("""{"vendorKey":"1","lineItems":[{"materialKey":"2"},{"quantity":"1"}]}""", "lineItems[1].materialKey")]
    public async Task A_field_that_the_system_lacks_or_needs_is_named(string body, string field)
    {
        var error = await RefusedAsync("VALIDATION_FAILED", Call("create") with { Body = Json(body) });

        Assert.Equal(field, Assert.Single(error.Details).Field);
    }

    [Theory]
    [InlineData("""{"statusKey":"lost"}""")]
    [InlineData("""{"statusKey":1}""")]
    [InlineData("""{"state":"draft"}""")]
    [InlineData("""{"statusKey":"draft","status":"draft"}""")]
    [InlineData("[]")]
    public async Task A_status_that_is_none_is_refused(string body) =>
        await RefusedAsync("VALIDATION_FAILED", Call("set-status") with { Key = "1", Body = Json(body) });

    [Theory]
    [InlineData("""{"statusKey":"draft"}""")]
    [InlineData("""{"status":"draft"}""")]
    public async Task A_status_is_taken_under_both_names(string body)
    {
        await _service.ExecuteAsync(Call("set-status") with { Key = "1", Body = Json(body) }, TestContext.Current.CancellationToken);

        Assert.Equal("draft", StatusBody.StatusOf(Assert.Single(_connector.Requests).Body!.Value));
    }

    [Fact]
    public async Task A_key_too_long_for_any_record_is_not_found() =>
        await RefusedAsync("RECORD_NOT_FOUND", Call("get") with { Key = new string('1', 256) });

    [Fact]
    public async Task A_create_carries_a_reference_and_gives_the_key_that_was_made_for_it()
    {
        var answer = await _service.ExecuteAsync(Call("create") with { Body = Json(GoodOrder) }, TestContext.Current.CancellationToken);

        Assert.NotNull(answer.IdempotencyKey);
        Assert.StartsWith("mw-", Assert.Single(_connector.Requests).Reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_comes_to_the_system_without_its_nulls()
    {
        const string sent = """{"vendorKey":"1","title":null,"notes":null,"createdAt":null,"lineItems":[{"key":null,"materialKey":"2","quantity":"3"}]}""";

        await _service.ExecuteAsync(Call("create") with { Body = Json(sent) }, TestContext.Current.CancellationToken);

        Assert.Equal(GoodOrder, Assert.Single(_connector.Requests).Body!.Value.GetRawText());
    }

    [Fact]
    public async Task The_same_body_in_another_order_is_the_same_request()
    {
        await _service.ExecuteAsync(Call("create") with { Body = Json("""{"vendorKey":"1","title":"A"}"""), IdempotencyKey = "k" }, TestContext.Current.CancellationToken);

        var again = await _service.ExecuteAsync(
            Call("create") with { Body = Json("""{ "title": "A", "vendorKey": "1" }"""), IdempotencyKey = "k" }, TestContext.Current.CancellationToken);

        Assert.True(again.Result.Replayed);
    }

    [Fact]
    public async Task Another_write_is_recorded_only_if_the_caller_gives_a_key()
    {
        var plain = await _service.ExecuteAsync(Call("update") with { Key = "1", Body = Json("""{"title":"A"}""") }, TestContext.Current.CancellationToken);
        var keyed = await _service.ExecuteAsync(Call("update") with { Key = "1", Body = Json("""{"title":"A"}"""), IdempotencyKey = "k" }, TestContext.Current.CancellationToken);

        Assert.Null(plain.IdempotencyKey);
        Assert.Equal("k", keyed.IdempotencyKey);
    }

    [Fact]
    public async Task The_source_record_is_asked_for_by_raw_alone()
    {
        await _service.ExecuteAsync(Call("get") with { Key = "1", Parameters = [new("raw", "true")] }, TestContext.Current.CancellationToken);

        Assert.True(Assert.Single(_connector.Requests).IncludeRaw);
        _connector.Requests.Clear();
        await RefusedAsync("INVALID_REQUEST", Call("get") with { Key = "1", Parameters = [new("raw", "yes")] });
        await RefusedAsync("INVALID_REQUEST", Call("get") with { Key = "1", Parameters = [new("page", "1")] });
    }

    [Fact]
    public async Task A_connection_whose_credentials_are_gone_says_so()
    {
        await _domain.Store.Vault.DeleteAsync(ConnectedSystems.SecretName("connection-1"), TestContext.Current.CancellationToken);

        await RefusedAsync("AUTHENTICATION_FAILED", Call("get") with { Key = "1" });
    }

    private static EntityCall Call(string operation, string area = "erp", string entity = "purchase-orders") => new(Grant, area, entity, operation);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private async Task<ApiException> RefusedAsync(string code, EntityCall call)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => _service.ExecuteAsync(call, TestContext.Current.CancellationToken));
        Assert.Equal(code, error.Code.Name);
        Assert.Empty(_connector.Requests);
        return error;
    }
}
