using System.Net.Http.Json;
using System.Text.Json;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed class ConnectionHealthTests(ConnectionHealthTests.Fixture fixture) : IClassFixture<ConnectionHealthTests.Fixture>
{
    private const string Orders = "/api/erp/purchase-orders?per_page=1";

    // What the Sandbox's connector lets be under way at once.
    private const int Concurrency = 4;

    private ApiClient Application => fixture.Connected.Application;

    private MillwrightApp App => fixture.Connected.App;

    [Fact]
    public async Task A_system_that_nothing_is_known_of_is_online()
    {
        using var company = await ConnectAsync("sandbox-well");

        var health = await company.HealthAsync();

        Assert.Equal(("online", 0, 0), (health.GetProperty("status").GetString(), health.GetProperty("consecutive_failures").GetInt32(), health.GetProperty("errors").GetArrayLength()));
        var connection = (await Application.GetAsync(company.Path)).Expect(200).GetProperty("data");
        Assert.Equal(("connected", "online"), (connection.GetProperty("status").GetString(), connection.GetProperty("health").GetString()));
        Assert.Equal(connection.GetProperty("created_at").GetString(), health.GetProperty("since").GetString());
    }

    [Fact]
    public async Task A_system_that_fails_is_degraded_and_the_last_errors_say_where()
    {
        using var company = await ConnectAsync("sandbox-failing");
        await company.FaultAsync(new { errors = new { next = 3, status = 503 } });

        for (var n = 0; n < 3; n++)
        {
            // A write is not repeated, so each call is one failure.
            (await company.Customer.PutAsync("/api/erp/vendors/ven_1001", new { name = "Changed" })).ExpectError(503, "SOURCE_UNAVAILABLE");
        }

        var health = await company.HealthAsync();
        var error = Assert.Single(health.GetProperty("errors").EnumerateArray());
        Assert.Equal(("degraded", 3), (health.GetProperty("status").GetString(), health.GetProperty("consecutive_failures").GetInt32()));
        Assert.Equal(
            ("vendors.update", "SOURCE_UNAVAILABLE", "system", 3),
            (error.GetProperty("operation").GetString(), error.GetProperty("code").GetString(), error.GetProperty("owner").GetString(), error.GetProperty("count").GetInt32()));
        Assert.Contains("last 3 calls failed", health.GetProperty("explanation").GetString(), StringComparison.Ordinal);
        (await company.Customer.GetAsync(Orders)).Expect(200);
        Assert.Equal(0, (await company.HealthAsync()).GetProperty("consecutive_failures").GetInt32());
    }

    [Fact]
    public async Task Refused_credentials_stop_all_calls_and_reconnecting_mends_the_connection_under_the_same_token()
    {
        using var company = await ConnectAsync("sandbox-expiring");
        await company.RefuseAsync();
        await company.ResetStatsAsync();

        // A hundred at once: those under way are refused, and the proof.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => company.Customer.GetAsync(Orders)));
        Assert.InRange(await company.RequestsAsync(), 2, Concurrency + 1);
        Assert.InRange(answers.Count(a => a.Code == "AUTHENTICATION_FAILED"), 1, Concurrency);
        Assert.All(answers.Where(a => a.Code != "AUTHENTICATION_FAILED"), a => a.ExpectError(403, "REAUTHORIZATION_REQUIRED"));

        await company.ResetStatsAsync();
        var create = new { name = "Globex Tooling" };
        (await company.Customer.PostAsync("/api/erp/vendors", create, "vendor-1")).ExpectError(403, "REAUTHORIZATION_REQUIRED");
        Assert.Equal(0, await company.RequestsAsync());
        Assert.Equal("reauthorization_required", (await company.HealthAsync()).GetProperty("status").GetString());
        Assert.Equal("reauthorization_required", (await company.ListedAsync()).GetProperty("status").GetString());

        // Still refused: nothing changes.
        (await company.ReconnectAsync()).ExpectError(403, "AUTHENTICATION_FAILED");
        (await company.Customer.GetAsync(Orders)).ExpectError(403, "REAUTHORIZATION_REQUIRED");

        await company.MendAsync();
        Assert.Equal("online", (await company.ReconnectAsync()).Expect(200).GetProperty("data").GetProperty("status").GetString());
        (await company.Customer.GetAsync(Orders)).Expect(200);
        (await company.Customer.PostAsync("/api/erp/vendors", create, "vendor-1")).Expect(200);
        Assert.Equal("connected", (await company.ListedAsync()).GetProperty("status").GetString());
        Assert.Equal(
            [("connection.status_changed", "reauthorization_required"), ("connection.reauthorization_required", "reauthorization_required"), ("connection.status_changed", "online")],
            (await company.EventsAsync(3)).Select(e => (e.GetProperty("type").GetString()!, e.GetProperty("data").GetProperty("status").GetString()!)));
    }

    [Fact]
    public async Task A_reconnected_connection_uses_the_new_credentials()
    {
        using var company = await ConnectAsync("sandbox-old-key");

        (await company.ReconnectAsync("sandbox-readonly-new-key")).Expect(200);

        (await company.Customer.PostAsync("/api/erp/vendors", new { name = "Globex Tooling" })).ExpectError(403, "PERMISSION_DENIED");
        var error = Assert.Single((await company.HealthAsync()).GetProperty("errors").EnumerateArray());
        Assert.Equal(("vendors.create", "credential"), (error.GetProperty("operation").GetString(), error.GetProperty("owner").GetString()));
    }

    [Fact]
    public async Task Reconnecting_takes_all_credentials_and_names_what_is_wrong_with_them()
    {
        using var company = await ConnectAsync("sandbox-incomplete");

        var incomplete = await Application.PostAsync($"{company.Path}/reconnect", new { credentials = new { apiKey = "sandbox-incomplete", extra = "1" } });
        var missing = await Application.PostAsync($"{company.Path}/reconnect", new { name = "Acme" });

        incomplete.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal(["credentials.extra", "credentials.url"], incomplete.ErrorFields.Order());
        Assert.Equal(["credentials", "name"], missing.ErrorFields.Order());
        (await Application.PostAsync("/api/system/connections/nothing/reconnect", new { credentials = new { } })).ExpectError(404, "CONNECTION_NOT_FOUND");
        (await Application.GetAsync("/api/system/connections/nothing/health")).ExpectError(404, "CONNECTION_NOT_FOUND");
        (await company.Customer.GetAsync($"{company.Path}/health")).ExpectError(403, "WRONG_TOKEN_KIND");
    }

    private Task<Company> ConnectAsync(string key) => Company.ConnectAsync(App, Application, key);

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(app => SandboxSystem.Of(app, "sandbox-health"));

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }

    /// <summary>A company of the Sandbox's, connected, and its switches.</summary>
    private sealed class Company : IDisposable
    {
        private readonly MillwrightApp _app;
        private readonly ApiClient _application;
        private readonly HttpClient _sandbox;
        private readonly string _key;

        private Company(MillwrightApp app, ApiClient application, ApiClient customer, string key, string id)
        {
            (_app, _application, _key, Customer, Id) = (app, application, key, customer, id);
            _sandbox = new HttpClient { BaseAddress = app.SandboxAddress };
            _sandbox.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        public ApiClient Customer { get; }

        public string Id { get; }

        public string Path => $"/api/system/connections/{Id}";

        public static async Task<Company> ConnectAsync(MillwrightApp app, ApiClient application, string key)
        {
            var customer = await application.ConnectAsync("sandbox", SandboxSystem.Of(app, key).Credentials);
            var id = (await customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString()!;
            return new Company(app, application, customer, key, id);
        }

        public async Task FaultAsync(object switches) =>
            (await _sandbox.PutAsJsonAsync("/v1/_faults", switches)).EnsureSuccessStatusCode();

        public Task RefuseAsync() => FaultAsync(new { errors = new { next = 1_000_000, status = 401 } });

        public async Task MendAsync() => (await _sandbox.DeleteAsync(new Uri("/v1/_faults", UriKind.Relative))).EnsureSuccessStatusCode();

        public async Task ResetStatsAsync() => (await _sandbox.DeleteAsync(new Uri("/v1/_stats", UriKind.Relative))).EnsureSuccessStatusCode();

        public async Task<int> RequestsAsync() => (await _sandbox.GetFromJsonAsync<JsonElement>("/v1/_stats")).GetProperty("total").GetInt32();

        public async Task<JsonElement> HealthAsync() => (await _application.GetAsync($"{Path}/health")).Expect(200).GetProperty("data");

        public async Task<JsonElement> ListedAsync() => (await _application.GetAsync("/api/system/connections?per_page=1000")).Expect(200)
            .GetProperty("data").EnumerateArray().Single(c => c.GetProperty("key").GetString() == Id);

        public Task<ApiAnswer> ReconnectAsync(string? key = null) =>
            _application.PostAsync($"{Path}/reconnect", new { credentials = SandboxSystem.Of(_app, key ?? _key).Credentials });

        /// <summary>The connection's events, once there are at least so many.</summary>
        public async Task<List<JsonElement>> EventsAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                var events = (await Customer.GetAsync("/api/changes")).Expect(200).GetProperty("data").EnumerateArray().ToList();
                if (events.Count >= count)
                {
                    return events;
                }

                await Task.Delay(100, limit.Token);
            }
        }

        public void Dispose()
        {
            _sandbox.Dispose();
            Customer.Dispose();
        }
    }
}
