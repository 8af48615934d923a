using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.Tryton;

/// <summary>What Tryton's answers lead to where a real one cannot be brought to give them at will.</summary>
public sealed class TrytonSystemTests
{
    private const string Orders = "model.purchase.purchase.";
    private const string Order = """[{"id":7,"state":"draft","number":null,"lines.":[]}]""";

    [Fact]
    public async Task A_button_that_is_silently_ignored_is_told_with_the_present_status()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, (Orders + "search_read", Order), (Orders + "quote", "null"));

        var error = await FailureAsync(tryton, "purchase-orders", "set-status", "7", """{"status":"quotation"}""");

        Assert.Equal(ErrorCode.StatusNotReachable, error.Code);
        Assert.Equal(new ErrorDetail("statusKey", "is 'draft'"), Assert.Single(error.Details));
        Assert.Equal(1, tryton.Calls[Orders + "quote"]);
    }

    [Fact]
    public async Task A_cancellation_that_is_silently_ignored_keeps_the_order_from_being_deleted()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, (Orders + "search_read", Order), (Orders + "cancel", "null"));

        var error = await FailureAsync(tryton, "purchase-orders", "delete", "7");

        Assert.Equal(ErrorCode.Conflict, error.Code);
        Assert.False(tryton.Calls.ContainsKey(Orders + "delete"));
    }

    [Fact]
    public async Task A_created_record_that_cannot_be_read_back_has_an_unknown_outcome()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, (Orders + "on_change_party", "{}"), (Orders + "create", "[7]"), (Orders + "search_read", "[]"));

        var error = await FailureAsync(tryton, "purchase-orders", "create", null, """{"vendorKey":"2"}""");

        Assert.True(error.OutcomeUnknown);
        Assert.Equal(1, tryton.Calls[Orders + "create"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[7,8]")]
    [InlineData("\"7\"")]
    public async Task A_create_that_names_no_record_has_an_unknown_outcome(string answer)
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, (Orders + "on_change_party", "{}"), (Orders + "create", answer));

        var error = await FailureAsync(tryton, "purchase-orders", "create", null, """{"vendorKey":"2"}""");

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.True(error.OutcomeUnknown);
    }

    [Fact]
    public async Task A_count_that_is_refused_is_deleted_again()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, [.. Level, ("model.stock.inventory.delete", "null")]);
        var before = tryton.Answer;
        tryton.Answer = async (context, method) =>
        {
            if (method != "model.stock.inventory.confirm")
            {
                return await before(context, method);
            }

            await FakeTryton.Error(context, """["UserError",["The period is closed.","",null]]""");
            return true;
        };

        var error = await FailureAsync(tryton, "inventories", "update", "3-1", """{"quantity":5}""");

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
        Assert.Equal("The period is closed.", error.Message);
        Assert.Equal(1, tryton.Calls["model.stock.inventory.delete"]);
    }

    [Fact]
    public async Task A_count_that_stays_unconfirmed_is_no_success()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, [.. Level, ("model.stock.inventory.confirm", "null"), ("model.stock.inventory.search_read", """[{"id":9,"state":"draft"}]""")]);

        var error = await FailureAsync(tryton, "inventories", "update", "3-1", """{"quantity":5}""");

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
    }

    [Fact]
    public async Task A_list_that_is_no_list_is_a_source_error()
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, ("model.currency.currency.search_read", """[{"id":1,"name":{"odd":1},"code":"EUR"}]"""));

        var error = await FailureAsync(tryton, "currencies", "get", "1");

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Contains("name", error.Message, StringComparison.Ordinal);
    }

    private static (string, string)[] Level =>
    [
        ("model.stock.location.search_read", """[{"id":3}]"""),
        ("model.product.product.search_read", """[{"id":1,"quantity":2.0}]"""),
        ("model.stock.inventory.create", "[9]"),
    ];

    private static void Script(FakeTryton tryton, params (string Method, string Result)[] answers)
    {
        var results = answers.ToDictionary(a => a.Method, a => a.Result, StringComparer.Ordinal);
        tryton.Answer = async (HttpContext context, string method) =>
        {
            if (!results.TryGetValue(method, out var result))
            {
                return false;
            }

            await FakeTryton.Result(context, result);
            return true;
        };
    }

    private static async Task<ApiException> FailureAsync(FakeTryton tryton, string entity, string operation, string? key, string? body = null)
    {
        var connector = new ConnectorCatalogue(DefinitionLoader.LoadAll, EntityModel.Default, TestRuntime.Real).Find("tryton")!;
        await using var system = connector.Open(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["url"] = tryton.Endpoint.GetLeftPart(UriPartial.Authority),
            ["database"] = "db",
            ["login"] = FakeTryton.Login,
            ["password"] = FakeTryton.Password,
        }, new MemoryAccessTokens());
        return await Assert.ThrowsAsync<ApiException>(() => system.ExecuteAsync(
            new EntityRequest(EntityModel.Default.Find(entity)!, operation) { Key = key, Body = body is null ? null : JsonSerializer.Deserialize<JsonElement>(body) },
            TestContext.Current.CancellationToken));
    }
}
