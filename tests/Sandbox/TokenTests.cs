using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

/// <summary>Access tokens instead of keys.</summary>
public sealed class TokenTests : IAsyncDisposable
{
    private const string Client = "sandbox-client";
    private const string Secret = "secret-of-sandbox-client";
    private readonly SandboxFixture _sandbox = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_gets_a_token_that_opens_its_company()
    {
        await _sandbox.InitializeAsync();
        using var owner = new SandboxClient(_sandbox.BaseAddress, Client);
        var vendor = await owner.CreateAsync("vendors", new { name = "Mine" });

        var answer = await TokenAsync(("grant_type", "client_credentials"), ("client_id", Client), ("client_secret", Secret));

        Assert.Equal("Bearer", (string?)answer["token_type"]);
        Assert.Equal(3600, (int?)answer["expires_in"]);
        Assert.Null(answer["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"vendors/{vendor["id"]}", answer));
    }

    [Fact]
    public async Task The_client_may_stand_in_a_header()
    {
        await _sandbox.InitializeAsync();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox%2Dclient:{Secret}")));

        Assert.NotNull((await TokenAsync(("grant_type", "client_credentials")))["access_token"]);
    }

    [Theory]
    [InlineData("client_credentials", Client, "wrong", 401, "invalid_client")]
    [InlineData("client_credentials", "stranger", "secret-of-stranger", 401, "invalid_client")]
    [InlineData("password", Client, Secret, 400, "unsupported_grant_type")]
    [InlineData("refresh_token", Client, Secret, 400, "invalid_grant")]
    public async Task Other_requests_are_refused_as_OAuth_says(string grant, string id, string secret, int status, string error)
    {
        await _sandbox.InitializeAsync();

        var refusal = await TokenAsync((HttpStatusCode)status, ("grant_type", grant), ("client_id", id), ("client_secret", secret), ("refresh_token", "sbr_1_2"));

        Assert.Equal(error, (string?)refusal["error"]);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        await _sandbox.InitializeAsync();
        using var client = new SandboxClient(_sandbox.BaseAddress, null);

        Assert.Equal("invalid_request", (string?)(await client.ExpectAsync(HttpStatusCode.BadRequest, "POST", "oauth/token", new { grant_type = "client_credentials" }))["error"]);
    }

    [Fact]
    public async Task A_token_ends_after_the_seconds_of_the_switch()
    {
        await _sandbox.InitializeAsync();
        using var owner = new SandboxClient(_sandbox.BaseAddress, Client);
        await owner.ExpectAsync(HttpStatusCode.OK, "PUT", "_faults", new { token_seconds = 60 });
        var token = await TokenAsync(("grant_type", "client_credentials"), ("client_id", Client), ("client_secret", Secret));

        _sandbox.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("me", token));
        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(60, (int?)token["expires_in"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("me", token));
    }

    [Fact]
    public async Task A_refresh_gives_new_tokens_and_leaves_the_old_access_token_alone()
    {
        await _sandbox.InitializeAsync();
        var first = await FirstAsync();

        var second = await RefreshAsync(first);

        Assert.NotEqual((string?)first["access_token"], (string?)second["access_token"]);
        Assert.NotEqual((string?)first["refresh_token"], (string?)second["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, await GetAsync("me", first));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("me", second));
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_ends_all_that_came_of_it()
    {
        await _sandbox.InitializeAsync();
        var first = await FirstAsync();
        var second = await RefreshAsync(first);
        var stranger = await FirstAsync();

        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(first, HttpStatusCode.BadRequest))["error"]);

        Assert.Equal("invalid_grant", (string?)(await RefreshAsync(second, HttpStatusCode.BadRequest))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("me", second));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("me", stranger));
    }

    [Fact]
    public async Task A_refresh_token_is_good_for_its_own_client_only()
    {
        await _sandbox.InitializeAsync();
        var token = await FirstAsync();

        var refusal = await TokenAsync(
            HttpStatusCode.BadRequest,
            ("grant_type", "refresh_token"), ("refresh_token", (string)token["refresh_token"]!), ("client_id", "sandbox-other"), ("client_secret", "secret-of-sandbox-other"));

        Assert.Equal("invalid_grant", (string?)refusal["error"]);
        Assert.NotNull((await RefreshAsync(token))["access_token"]);
    }

    [Fact]
    public async Task Token_requests_are_counted_and_faults_happen_to_them()
    {
        await _sandbox.InitializeAsync();
        using var owner = new SandboxClient(_sandbox.BaseAddress, Client);
        await owner.ExpectAsync(HttpStatusCode.OK, "PUT", "_faults", new { errors = new { next = 1, status = 503 } });

        await TokenAsync(HttpStatusCode.ServiceUnavailable, ("grant_type", "client_credentials"), ("client_id", Client), ("client_secret", Secret));
        await FirstAsync();

        Assert.Equal(2, (int?)(await owner.GetAsync("_stats"))["requests"]!["POST /v1/oauth/token"]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    private Task<JsonObject> FirstAsync() =>
        TokenAsync(("grant_type", "client_credentials"), ("client_id", Client), ("client_secret", Secret), ("scope", "offline_access"));

    private Task<JsonObject> RefreshAsync(JsonObject token, HttpStatusCode status = HttpStatusCode.OK) => TokenAsync(
        status, ("grant_type", "refresh_token"), ("refresh_token", (string)token["refresh_token"]!), ("client_id", Client), ("client_secret", Secret));

    private Task<JsonObject> TokenAsync(params (string Name, string Value)[] form) => TokenAsync(HttpStatusCode.OK, form);

    private async Task<JsonObject> TokenAsync(HttpStatusCode status, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _http.PostAsync(new Uri(_sandbox.BaseAddress, "v1/oauth/token"), content, Ct);
        return await SandboxClient.ReadAsync(response, status);
    }

    private async Task<HttpStatusCode> GetAsync(string path, JsonObject token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_sandbox.BaseAddress, "v1/" + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token["access_token"]);
        using var response = await _http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
