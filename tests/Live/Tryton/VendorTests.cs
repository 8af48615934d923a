using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Live.Tests.Tryton;

public sealed class VendorTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    [Fact]
    public async Task A_vendor_is_created_with_an_address_and_found_by_its_reference()
    {
        var (name, reference) = (TrytonSystemFixture.Unique("Globex"), TrytonSystemFixture.Unique("ref"));

        var created = await tryton.DoAsync(
            "vendors", "create", body: $$"""{"name":"{{name}}","addresses":[{"addressLines":"5 Side St\nGate 2","city":"Ogdenville","postCode":"99999"}]}""", reference: reference);
        var found = TrytonSystemFixture.Parse(
            await tryton.System.FindByReferenceAsync(TrytonSystemFixture.Entity("vendors"), reference, TestContext.Current.CancellationToken));

        Assert.Equal(created!.ToJsonString(), found!.ToJsonString());
        Assert.Equal("5 Side St\nGate 2", (string?)Assert.Single(created["addresses"]!.AsArray())!["addressLines"]);
        Assert.NotNull((string?)created["code"]);
        var own = (await tryton.RpcAsync("model.party.party.read", [new JsonArray(int.Parse((string)created["key"]!, CultureInfo.InvariantCulture)), new JsonArray("name")]))![0]!;
        Assert.Equal(name, (string?)own["name"]);
    }

    [Fact]
    public async Task A_vendor_is_changed_hidden_and_still_read_by_its_key()
    {
        var created = await tryton.DoAsync("vendors", "create", body: $$"""{"name":"{{TrytonSystemFixture.Unique("Initech")}}"}""");
        var key = (string)created!["key"]!;

        var updated = await tryton.DoAsync("vendors", "update", key, """{"name":"Initech (old)","isActive":false}""");

        Assert.Equal("Initech (old)", (string?)updated!["name"]);
        Assert.False((bool?)updated["isActive"]);
        Assert.Empty((await tryton.ListAsync("vendors", [("key", FilterOperator.Equal, [key])])).Records);
        Assert.Single((await tryton.ListAsync("vendors", [("key", FilterOperator.Equal, [key]), ("isActive", FilterOperator.Equal, ["false"])])).Records);
        Assert.Equal(updated.ToJsonString(), (await tryton.DoAsync("vendors", "get", key))!.ToJsonString());
    }

    [Fact]
    public async Task A_vendor_without_history_is_deleted_and_one_with_orders_is_not()
    {
        var created = await tryton.DoAsync("vendors", "create", body: $$"""{"name":"{{TrytonSystemFixture.Unique("Short-lived")}}"}""");
        await tryton.DoAsync("vendors", "delete", (string)created!["key"]!);
        await tryton.DoAsync("purchase-orders", "create", body: """{"vendorKey":"2","lineItems":[]}""");

        var error = await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("vendors", "delete", "2"));

        Assert.Empty((await tryton.ListAsync("vendors", [("key", FilterOperator.Equal, [(string)created["key"]!])])).Records);
        Assert.Equal(ErrorCode.SourceRejected, error.Code);
    }

    [Fact]
    public async Task A_code_that_is_taken_is_refused_in_Trytons_words()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => tryton.DoAsync("vendors", "create", body: """{"name":"Twin","code":"2"}"""));

        Assert.Equal(ErrorCode.SourceRejected, error.Code);
        Assert.Contains("unique", error.Message, StringComparison.Ordinal);
    }
}
