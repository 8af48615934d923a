using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Live.Tests.Tryton;

public sealed class ConnectionTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    [Fact]
    public Task Right_credentials_are_proved() => tryton.System.ProveAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("password", "wrong-Secret-9", "AUTHENTICATION_FAILED")]
    [InlineData("database", "no-such-database", "AUTHENTICATION_FAILED")]
    [InlineData("url", "http://127.0.0.1:1", "SOURCE_UNREACHABLE")]
    public async Task Wrong_credentials_are_refused_without_being_repeated_in_the_error(string name, string value, string code)
    {
        // A user of the test's own, so that wrong passwords never lock out the one that other tests use.
        var credentials = new Dictionary<string, string>(tryton.Credentials, StringComparer.Ordinal) { [name] = value, ["login"] = TrytonSystemFixture.Unique("nobody") };
        await using var system = tryton.Connector.Open(credentials, new MemoryAccessTokens());

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(TestContext.Current.CancellationToken));

        Assert.Equal(code, error.Code.Name);
        Assert.DoesNotContain(credentials["password"], error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(credentials["login"], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_Tryton_has_ended_is_renewed_once()
    {
        await using var proxy = await TrytonProxy.StartAsync(tryton.Credentials["url"]);
        await using var system = OpenThrough(proxy);
        await system.ProveAsync(TestContext.Current.CancellationToken);
        await proxy.EndSessionAsync();

        await system.ProveAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, proxy.Methods.Count(m => m == "common.db.login"));
    }

    [Fact]
    public async Task A_created_order_whose_answer_was_lost_is_found_by_its_reference_and_exists_once()
    {
        await using var proxy = await TrytonProxy.StartAsync(tryton.Credentials["url"]);
        await using var system = OpenThrough(proxy);
        var orders = TrytonSystemFixture.Entity("purchase-orders");
        var reference = TrytonSystemFixture.Unique("lost");
        proxy.Lose = "model.purchase.purchase.create";
        var body = JsonSerializer.Deserialize<JsonElement>("""{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.2"}]}""");

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ExecuteAsync(
            new EntityRequest(orders, "create") { Body = body, Reference = reference }, TestContext.Current.CancellationToken));
        var found = await system.FindByReferenceAsync(orders, reference, TestContext.Current.CancellationToken);

        Assert.True(error.OutcomeUnknown);
        Assert.NotNull(found);
        Assert.Single((await tryton.RpcAsync("model.purchase.purchase.search", [new JsonArray(new JsonArray("reference", "=", reference))]))!.AsArray());
    }

    [Fact]
    public async Task Lines_that_somebody_changes_at_the_same_time_are_not_overwritten()
    {
        var order = (await tryton.DoAsync("purchase-orders", "create", body: """{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.2"}]}"""))!;
        var id = int.Parse((string)order["key"]!, CultureInfo.InvariantCulture);
        await using var proxy = await TrytonProxy.StartAsync(tryton.Credentials["url"]);
        await using var system = OpenThrough(proxy);
        proxy.Before = method => method == "model.purchase.purchase.write"
            ? tryton.RpcAsync(method, [new JsonArray(id), new JsonObject { ["description"] = "by somebody else" }])
            : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ExecuteAsync(
            new EntityRequest(TrytonSystemFixture.Entity("purchase-orders"), "update")
            {
                Key = (string?)order["key"],
                Body = JsonSerializer.Deserialize<JsonElement>("""{"lineItems":[]}"""),
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.Conflict, error.Code);
        Assert.Single((await tryton.DoAsync("purchase-orders", "get", (string?)order["key"]))!["lineItems"]!.AsArray());
    }

    [Theory]
    [InlineData("purchase-orders", "list", "search_read,search_count")]
    [InlineData("currencies", "get", "search_read")]
    [InlineData("purchase-orders", "create", "on_change_party,search_read,create,search_read")]
    [InlineData("inventories", "get", "search_read,search_read")]
    public async Task A_unified_call_takes_no_more_calls_than_it_needs(string entity, string operation, string methods)
    {
        await using var proxy = await TrytonProxy.StartAsync(tryton.Credentials["url"]);
        await using var system = OpenThrough(proxy);
        await system.ProveAsync(TestContext.Current.CancellationToken);
        proxy.Methods.Clear();
        var request = new EntityRequest(TrytonSystemFixture.Entity(entity), operation)
        {
            Key = operation == "get" ? entity == "inventories" ? "3-1" : "1" : null,
            Query = operation == "list" ? ListQuery.Everything with { PerPage = 1 } : null,
            Body = operation == "create"
                ? JsonSerializer.Deserialize<JsonElement>("""{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.2"},{"materialKey":"2","quantity":1,"price":"4.2"}]}""")
                : null,
        };

        await system.ExecuteAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(methods.Split(',').Order(StringComparer.Ordinal), proxy.Methods.Select(m => m[(m.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_calls_at_once_share_the_connection_and_none_fails()
    {
        var request = new EntityRequest(TrytonSystemFixture.Entity("currencies"), "list") { Query = ListQuery.Everything };

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tryton.System.ExecuteAsync(request, TestContext.Current.CancellationToken)));

        Assert.All(results, r => Assert.True(r.Count > 0));
    }

    private IConnectedSystem OpenThrough(TrytonProxy proxy) =>
        tryton.Connector.Open(new Dictionary<string, string>(tryton.Credentials, StringComparer.Ordinal) { ["url"] = proxy.Address }, new MemoryAccessTokens());
}
