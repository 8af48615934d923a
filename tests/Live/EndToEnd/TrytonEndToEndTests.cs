using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Live.Tests.Tryton;
using Millwright.Testing.EndToEnd;

namespace Millwright.Live.Tests.EndToEnd;

// The suite counts all orders.
[Collection<Alone>]
public sealed class TrytonEndToEndTests(TrytonEndToEndTests.Fixture fixture)
    : EndToEndSuite(fixture.Connected, RealTryton.System), IClassFixture<TrytonEndToEndTests.Fixture>
{
    [Fact]
    public async Task A_purchase_order_created_through_Millwright_is_in_Tryton()
    {
        var order = await Orders.CreateAsync(Customer, "Seen by Tryton itself");
        var id = int.Parse(order.GetProperty("key").GetString()!, CultureInfo.InvariantCulture);

        var records = await RealTryton.CallAsync(
            "model.purchase.purchase.read",
            [new JsonArray(id), new JsonArray("description", "party", "lines", "untaxed_amount"), new JsonObject { ["company"] = 1 }]);

        var record = records[0]!;
        Assert.Equal("Seen by Tryton itself", (string?)record["description"]);
        Assert.Equal(order.GetProperty("vendorKey").GetString(), record["party"]!.ToString());
        Assert.Equal(2, record["lines"]!.AsArray().Count);
        Assert.Equal("44.00", (string?)record["untaxed_amount"]!["decimal"]);
    }

    [Fact]
    public async Task What_Tryton_does_not_have_is_refused_as_unsupported() =>
        (await Customer.GetAsync("/api/eam/work-orders")).ExpectError(422, "UNSUPPORTED_OPERATION");

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(_ => RealTryton.System);

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }
}
