using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed partial class SandboxEndToEndTests(SandboxEndToEndTests.Fixture fixture)
    : EndToEndSuite(fixture.Connected, SandboxSystem.Of(fixture.Connected.App)), IClassFixture<SandboxEndToEndTests.Fixture>
{
    private static readonly Uri Stats = new("/v1/_stats", UriKind.Relative);
    private static readonly Uri Faults = new("/v1/_faults", UriKind.Relative);

    [Fact]
    public async Task A_work_orders_status_is_changed()
    {
        var key = await Orders.FirstKeyAsync(Customer, "/api/eam/work-orders?filter[statusKey]=open&per_page=1");

        (await Customer.PutAsync($"/api/eam/work-orders/{key}/status", new { statusKey = "in_progress" })).Expect(200);

        Assert.Equal(
            "in_progress",
            (await Customer.GetAsync($"/api/eam/work-orders/{key}")).Expect(200).GetProperty("data").GetProperty("statusKey").GetString());
    }

    [Fact]
    public async Task Two_hundred_lists_at_once_never_exceed_the_connectors_concurrency_at_the_source()
    {
        const string Company = "sandbox-two-hundred-lists";
        var limit = await ConcurrencyLimitAsync();
        using var source = new HttpClient { BaseAddress = fixture.Connected.App.SandboxAddress };
        source.DefaultRequestHeaders.Add("X-Api-Key", Company);
        using var customer = await Application.ConnectAsync("sandbox", SandboxSystem.Of(fixture.Connected.App, Company).Credentials);
        (await source.DeleteAsync(Stats)).EnsureSuccessStatusCode();

        // Slow answers make the calls overlap, so that the limit is known to have been reached and not only never passed.
        (await source.PutAsJsonAsync(Faults, new { latency_ms = 50 })).EnsureSuccessStatusCode();
        var lists = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => customer.GetAsync($"{Orders.Path}?per_page=5")));

        Assert.All(lists, answer => answer.Expect(200));
        Assert.Equal(limit, (await source.GetFromJsonAsync<JsonElement>(Stats)).GetProperty("max_in_flight").GetInt32());
    }

    private static async Task<int> ConcurrencyLimitAsync()
    {
        var definition = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "src", "Connectors", "Definitions", "sandbox", "connector.yaml"), TestContext.Current.CancellationToken);
        return int.Parse(Concurrency().Match(definition).Groups["limit"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^limits: \{concurrency: (?<limit>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Concurrency();

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(app => SandboxSystem.Of(app));

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }
}
