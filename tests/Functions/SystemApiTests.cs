using Millwright.Functions.Tests.Fuzzing;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed class SystemApiTests(SystemApiTests.Fixture fixture) : IClassFixture<SystemApiTests.Fixture>
{
    private ApiClient Application => fixture.Connected.Application;

    private MillwrightApp App => fixture.Connected.App;

    [Theory]
    [InlineData("client_credentials", MillwrightApp.ClientId, "wrong", 401, "INVALID_CLIENT")]
    [InlineData("client_credentials", "wrong", MillwrightApp.ClientSecret, 401, "INVALID_CLIENT")]
    [InlineData("client_credentials", "", "", 401, "INVALID_CLIENT")]
    [InlineData("password", MillwrightApp.ClientId, MillwrightApp.ClientSecret, 400, "INVALID_REQUEST")]
    public async Task A_wrong_token_request_is_refused(string grant, string id, string secret, int status, string code)
    {
        using var anonymous = new ApiClient(App.Address, null);

        (await anonymous.PostAsync("/link/token", new { grant_type = grant, client_id = id, client_secret = secret })).ExpectError(status, code);
    }

    [Fact]
    public async Task A_token_is_given_for_a_form_and_for_a_basic_header()
    {
        using var http = new HttpClient { BaseAddress = App.Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = MillwrightApp.ClientId,
            ["client_secret"] = MillwrightApp.ClientSecret,
        });
        using var byForm = await http.PostAsync(new Uri("/link/token", UriKind.Relative), form);
        Assert.True(byForm.IsSuccessStatusCode);
        Assert.True(byForm.Headers.CacheControl!.NoStore);

        using var basic = new HttpRequestMessage(HttpMethod.Post, "/link/token");
        basic.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" });
        basic.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{MillwrightApp.ClientId}:{MillwrightApp.ClientSecret}")));
        using var byHeader = await http.SendAsync(basic);
        Assert.True(byHeader.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_token_of_the_wrong_kind_is_refused()
    {
        (await fixture.Connected.Customer.GetAsync("/api/system/connections")).ExpectError(403, "WRONG_TOKEN_KIND");
        (await Application.GetAsync("/api/erp/vendors")).ExpectError(403, "WRONG_TOKEN_KIND");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mwt_unknown")]
    [InlineData("nonsense")]
    public async Task Without_a_good_token_nothing_is_answered(string? token)
    {
        using var stranger = new ApiClient(App.Address, token);

        foreach (var path in (string[])["/api/erp/vendors", "/api/system/connections", "/api/system/platforms", "/api/integrations/current"])
        {
            Assert.Equal("Bearer", (await stranger.GetAsync(path)) is var answer ? answer.Headers["WWW-Authenticate"] : null);
            answer.ExpectError(401, "INVALID_TOKEN");
        }
    }

    [Fact]
    public async Task A_connection_is_seen_noted_on_and_taken_away()
    {
        using var customer = await Application.ConnectAsync("sandbox", SandboxSystem.Of(App, "sandbox-short-lived").Credentials);
        var id = (await customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString();
        var path = $"/api/system/connections/{id}";

        Assert.Equal("sandbox", (await Application.GetAsync(path)).Expect(200).GetProperty("data").GetProperty("integration_name").GetString());
        (await Application.PostAsync($"{path}/metadata", new[] { new { key = "tenant", value = "4711" } })).Expect(200);
        (await Application.PostAsync($"{path}/metadata", new[] { new { key = "plan", value = "gold" } })).Expect(200);
        Assert.Equal(
            """{"tenant":"4711","plan":"gold"}""",
            (await Application.GetAsync(path)).Expect(200).GetProperty("data").GetProperty("user_metadata").GetString());
        Assert.Equal(2, (await Application.GetAsync($"{path}/metadata")).Expect(200).GetProperty("data").GetArrayLength());

        (await Application.DeleteAsync(path)).Expect(200);
        (await Application.GetAsync(path)).ExpectError(404, "CONNECTION_NOT_FOUND");
        (await customer.GetAsync("/api/erp/vendors")).ExpectError(401, "INVALID_TOKEN");
    }

    [Fact]
    public async Task The_holder_of_a_connections_token_can_disconnect_it()
    {
        using var customer = await Application.ConnectAsync("sandbox", SandboxSystem.Of(App, "sandbox-leaving").Credentials);

        (await customer.DeleteAsync("/api/integrations/current")).Expect(200);

        (await customer.GetAsync("/api/integrations/current")).ExpectError(401, "INVALID_TOKEN");
    }

    [Fact]
    public async Task A_rotated_token_ends_the_one_before_and_expiry_ends_all()
    {
        using var first = await Application.ConnectAsync("sandbox", SandboxSystem.Of(App, "sandbox-rotated").Credentials);
        var id = (await first.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString();

        var issued = (await Application.PostAsync($"/api/system/connections/{id}/token", new { expires_in = 300, rotate = true })).Expect(200).GetProperty("data");
        using var second = new ApiClient(App.Address, issued.GetProperty("token").GetString());

        (await first.GetAsync("/api/erp/vendors?per_page=1")).ExpectError(401, "INVALID_TOKEN");
        (await second.GetAsync("/api/erp/vendors?per_page=1")).Expect(200);
        (await Application.DeleteAsync($"/api/system/connections/{id}/token")).Expect(200);
        (await second.GetAsync("/api/erp/vendors?per_page=1")).ExpectError(401, "INVALID_TOKEN");
    }

    [Fact]
    public async Task Everything_wrong_with_a_new_connection_is_named()
    {
        var answer = await Application.PostAsync("/api/system/connections", new { provider = "sandbox", name = "", colour = "red", credentials = new { url = 1 } });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal(["colour", "credentials.url", "email", "name"], answer.ErrorFields.Order());
    }

    [Theory]
    [InlineData("http://user:pass@localhost/", "credentials.url")]
    [InlineData("ftp://localhost/", "credentials.url")]
    [InlineData("localhost", "credentials.url")]
    [InlineData("http://localhost:7072 ", "credentials.url")]
    [InlineData("http://localhost/?", "credentials.url")]
    [InlineData("http://localhost/#", "credentials.url")]
    public async Task An_address_that_is_none_is_refused(string url, string field)
    {
        var answer = await Application.PostAsync(
            "/api/system/connections", new { provider = "sandbox", name = "Wrong", email = "a@b.test", credentials = new { url, apiKey = "sandbox-x", extra = "1" } });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal(new HashSet<string> { field, "credentials.extra" }, answer.ErrorFields.ToHashSet());
    }

    [Fact]
    public async Task Credentials_that_no_vault_holds_are_refused()
    {
        var url = App.SandboxAddress + new string('/', 30_000);

        var answer = await Application.PostAsync(
            "/api/system/connections", new { provider = "sandbox", name = "Long", email = "a@b.test", credentials = new { url, apiKey = "sandbox-x" } });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal("credentials", Assert.Single(answer.ErrorFields));
    }

    [Fact]
    public async Task More_notes_than_a_row_holds_are_refused()
    {
        using var customer = await Application.ConnectAsync("sandbox", SandboxSystem.Of(App, "sandbox-noted").Credentials);
        var id = (await customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString();

        var refused = await Application.PostAsync($"/api/system/connections/{id}/metadata", Notes(2_400));
        var kept = await Application.PostAsync($"/api/system/connections/{id}/metadata", Notes(1_600));

        refused.ExpectError(422, "VALIDATION_FAILED");
        kept.Expect(200);
        Assert.Equal(1_600, (await Application.GetAsync($"/api/system/connections/{id}/metadata")).Expect(200).GetProperty("data").GetArrayLength());

        static object Notes(int count) => Enumerable.Range(0, count).Select(n => new { key = $"{(char)(0x4E00 + n)}", value = "é" }).ToList();
    }

    [Theory]
    [InlineData("{\"grant_type\":\"client_credentials\",\"client_id\":\"\\ud800\",\"client_secret\":\"x\"}", "line 1, byte 48")]
    [InlineData("{\n\"\\udc00\":1}", "line 2, byte 1")]
    public async Task A_text_that_is_no_Unicode_is_malformed(string body, string place)
    {
        using var anonymous = new ApiClient(App.Address, null);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var error = (await anonymous.SendAsync(HttpMethod.Post, "/link/token", content)).ExpectError(400, "MALFORMED_JSON");

        Assert.Contains(place, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_id_that_no_table_holds_is_wrong()
    {
        using var anonymous = new ApiClient(App.Address, null);

        (await anonymous.PostAsync("/link/token", new { grant_type = "client_credentials", client_id = new string('/', 120), client_secret = "x" }))
            .ExpectError(401, "INVALID_CLIENT");
    }

    [Theory]
    [InlineData("127.0.0.1:99999")]
    [InlineData("x!..y")]
    [InlineData("!aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_host_that_no_link_can_name_is_refused(string host)
    {
        var request = new WireRequest("GET", "/api/system/platforms", [("Host", host), ("Authorization", $"Bearer {Application.Token}")], null);

        var answer = await request.SendAsync(App.Address, TestContext.Current.CancellationToken);

        Assert.Equal((400, "INVALID_REQUEST"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_page_far_behind_the_last_status_is_empty()
    {
        var answer = await fixture.Connected.Customer.GetAsync("/api/erp/statuses/purchase-orders?page=2147483647&per_page=2");

        Assert.Empty(answer.Expect(200).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_system_that_nobody_runs_cannot_be_connected()
    {
        var answer = await Application.PostAsync("/api/system/connections", new
        {
            provider = "sandbox",
            name = "Nobody",
            email = "a@b.test",
            credentials = new { url = $"http://127.0.0.1:{FreePort.Next()}", apiKey = "sandbox-x" },
        });

        answer.ExpectError(502, "SOURCE_UNREACHABLE");
    }

    [Fact]
    public async Task An_unknown_provider_is_refused_with_those_there_are()
    {
        var answer = await Application.PostAsync("/api/system/connections", new { provider = "abacus", name = "A", email = "a@b.test", credentials = new { } });

        answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Contains("sandbox", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_request_id_is_kept_if_it_is_plain()
    {
        using var http = new HttpClient { BaseAddress = App.Address };
        using var plain = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "X-Request-Id", "order-1001.try-2" } } };
        using var odd = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "X-Request-Id", "a b\"c" } } };

        using var kept = await http.SendAsync(plain);
        using var replaced = await http.SendAsync(odd);

        Assert.Equal("order-1001.try-2", kept.Headers.GetValues("X-Request-Id").Single());
        Assert.Matches("^[0-9a-f]{32}$", replaced.Headers.GetValues("X-Request-Id").Single());
    }

    [Theory]
    [InlineData("/docs", "text/html")]
    [InlineData("/docs/scalar.js", "text/javascript")]
    [InlineData("/docs/start.js", "text/javascript")]
    [InlineData("/api/openapi.json", "application/json")]
    [InlineData("/api/health/live", "application/json")]
    public async Task Pages_are_served_to_everybody(string path, string type)
    {
        using var http = new HttpClient { BaseAddress = App.Address };

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public ConnectedApp Connected { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Connected = await ConnectedApp.StartAsync(app => SandboxSystem.Of(app));

        public ValueTask DisposeAsync() => Connected.DisposeAsync();
    }
}
