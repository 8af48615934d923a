using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Http;

public sealed class HttpFunctionTests
{
    [Theory]
    [InlineData("named", 200, "named")]
    [InlineData("api/x", 200, "x")]
    [InlineData("api/y", 200, "get")]
    [InlineData("items/7", 200, "7 none")]
    [InlineData("items/7/bolt", 200, "7 bolt")]
    [InlineData("typed/0f8fad5b-d9cb-469f-a165-70867728950e/5", 200, "0f8fad5bd9cb469fa16570867728950e 5 True")]
    [InlineData("typed/0f8fad5b-d9cb-469f-a165-70867728950e", 200, "0f8fad5bd9cb469fa16570867728950e none True")]
    [InlineData("action", 202, """{"answer":42}""")]
    [InlineData("value-task", 204, "")]
    [InlineData("direct", 200, "direct")]
    [InlineData("void", 204, "")]
    public async Task A_function_answers(string path, int status, string body)
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        using var response = await app.Client.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "api/x")]
    [InlineData("GET", "items/seven")]
    [InlineData("GET", "nowhere")]
    [InlineData("OPTIONS", "api/x")]
    public async Task A_wrong_verb_and_an_unmatched_path_are_404_with_an_empty_body(string verb, string path)
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        using var response = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST", "api/x", "rest POST api/x")]
    [InlineData("GET", "api/x", "x")]
    [InlineData("DELETE", "api/y", "rest DELETE api/y")]
    [InlineData("GET", "", "rest GET ")]
    [InlineData("GET", "a/b/c", "rest GET a/b/c")]
    public async Task A_catch_all_takes_what_no_other_route_and_verb_takes(string verb, string path, string body)
    {
        await using var app = await new TestApp(typeof(HttpFunctions), typeof(CatchAllFunctions)).StartAsync();
        using var response = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path));
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Routes_begin_with_api_unless_host_json_says_otherwise()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)) { HostJson = "{}" }.StartAsync();
        Assert.Equal("named", await app.Client.GetStringAsync("api/named"));
        Assert.Equal("x", await app.Client.GetStringAsync("api/api/x"));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("throws-late")]
    [InlineData("typed/not-a-guid")]
    public async Task An_escaped_exception_is_logged_and_answered_with_a_bare_500(string path)
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        using var response = await app.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.False(response.Headers.Contains("X-Left"));
        Assert.Contains(app.Logs.Entries, e => e.Category.StartsWith("Function.", StringComparison.Ordinal) && e.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_result_that_is_no_response_is_warned_about()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        Assert.Empty(await app.Client.GetStringAsync("no-response"));
        Assert.Contains(app.Logs.Entries, e => e.Level == LogLevel.Warning && e.Category == "Function.no-response");
    }

    [Fact]
    public async Task A_class_is_made_for_each_call_and_disposed_after_it()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        await app.Client.GetAsync("instance");
        Assert.Equal("called", await app.Probe.NextAsync());
        Assert.Equal("disposed", await app.Probe.NextAsync());
    }

    [Theory]
    [InlineData(null, 40_000_000, 500)]
    [InlineData(null, 20_000_000, 200)]
    [InlineData(104_857_600L, 40_000_000, 200)]
    [InlineData(200_000_000L, 104_857_601, 500)]
    public async Task A_body_over_the_limits_of_Kestrel_or_the_host_is_500(long? kestrel, int size, int status)
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync(b =>
        {
            if (kestrel is not null)
            {
                b.Services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = kestrel);
            }
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "body") { Content = new ByteArrayContent(new byte[size]) };
        request.Headers.ExpectContinue = true;
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_proxy_on_the_same_machine_is_believed_about_the_address_it_was_called_at()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "scheme");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "api.test");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal("https://api.test", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_call()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        using var client = new CancellationTokenSource();
        var call = app.Client.GetAsync("slow", client.Token);
        Assert.Equal("slow started", await app.Probe.NextAsync());
        await client.CancelAsync();
        Assert.Equal("slow cancelled", await app.Probe.NextAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.DoesNotContain(app.Logs.Entries, e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Scripts_of_the_origins_in_local_settings_may_call()
    {
        await using var app = await new TestApp(typeof(HttpFunctions))
        {
            LocalSettings = """{ "Host": { "CORS": "http://one.test, http://two.test" } }""",
        }.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "named");
        preflight.Headers.Add("Origin", "http://two.test");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await app.Client.SendAsync(preflight);
        Assert.Equal("http://two.test", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_when_the_host_stops()
    {
        await using var app = await new TestApp(typeof(HttpFunctions)).StartAsync();
        var call = app.Client.GetStringAsync("slow");
        await app.Probe.NextAsync();
        var stopping = app.Host.StopAsync(TestContext.Current.CancellationToken);
        app.Probe.OpenGate();
        Assert.Equal("slow done", await call);
        await stopping;
    }
}
