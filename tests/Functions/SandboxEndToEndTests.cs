using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed class SandboxEndToEndTests(SandboxEndToEndTests.Fixture fixture)
    : EndToEndSuite(fixture.Connected, SandboxSystem.Of(fixture.Connected.App)), IClassFixture<SandboxEndToEndTests.Fixture>
{
    [Fact]
    public async Task A_work_orders_status_is_changed()
    {
        var key = await Orders.FirstKeyAsync(Customer, "/api/eam/work-orders?filter[statusKey]=open&per_page=1");

        (await Customer.PutAsync($"/api/eam/work-orders/{key}/status", new { statusKey = "in_progress" })).Expect(200);

        Assert.Equal(
            "in_progress",
            (await Customer.GetAsync($"/api/eam/work-orders/{key}")).Expect(200).GetProperty("data").GetProperty("statusKey").GetString());
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(app => SandboxSystem.Of(app));

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }
}
