using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Testing.App;

namespace Millwright.Functions.Tests.Endpoints;

/// <summary>Webhook endpoints as an application uses them: Millwright in its own process, and a server that takes the events.</summary>
public sealed class EndpointApiTests(EndpointApiTests.Fixture fixture) : IClassFixture<EndpointApiTests.Fixture>
{
    private const string Path = "/api/system/webhooks";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ApiClient Application => fixture.Application;

    [Fact]
    public async Task An_endpoint_is_made_tried_looked_at_rotated_and_deleted()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var made = await MakeAsync(receiver.Address, "purchase-orders.*");
        var endpoint = $"{Path}/{made.GetProperty("key").GetString()}";
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal(JsonValueKind.Null, (await Application.GetAsync(endpoint)).Expect(200).GetProperty("data").GetProperty("secret").ValueKind);

        var sent = (await Application.PostAsync($"{endpoint}/test", new { type = "purchase-orders.updated" })).Expect(200).GetProperty("data");
        var received = await receiver.NextAsync();
        Assert.Equal(sent.GetProperty("event_id").GetString(), received.Id);
        Assert.Equal("purchase-orders.updated", received.Json.GetProperty("type").GetString());
        Assert.Equal(1, received.SignaturesOf(secret));
        Assert.True(received.IsMakiniSignedBy(secret));
        Assert.StartsWith("Millwright/", received.Headers["User-Agent"], StringComparison.Ordinal);
        var delivery = await UntilAsync(endpoint, "delivered");
        Assert.Equal(200, delivery.GetProperty("attempts")[0].GetProperty("status").GetInt32());

        (await Application.PostAsync($"{endpoint}/deliveries/{delivery.GetProperty("key").GetString()}/redeliver", new { })).Expect(200);
        var again = await receiver.NextAsync();
        Assert.Equal((received.Id, Convert.ToHexString(received.Body)), (again.Id, Convert.ToHexString(again.Body)));

        var rotated = (await Application.PostAsync($"{endpoint}/rotate-secret", new { })).Expect(200).GetProperty("data");
        var second = rotated.GetProperty("secret").GetString()!;
        Assert.NotEqual(JsonValueKind.Null, rotated.GetProperty("previous_secret_until").ValueKind);
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.created" })).Expect(200);
        var both = await receiver.NextAsync();
        Assert.Equal((1, 1), (both.SignaturesOf(secret), both.SignaturesOf(second)));
        Assert.True(both.IsMakiniSignedBy(second));

        var first = (await Application.GetAsync($"{endpoint}/deliveries?per_page=1")).Expect(200);
        Assert.Equal("vendors.created", first.GetProperty("data")[0].GetProperty("type").GetString());
        var next = first.GetProperty("links").GetProperty("next").GetString()!;
        var last = (await Application.GetAsync(new Uri(next).PathAndQuery)).Expect(200);
        Assert.Equal("purchase-orders.updated", last.GetProperty("data")[0].GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("links").GetProperty("next").ValueKind);

        (await Application.DeleteAsync(endpoint)).Expect(200);
        (await Application.GetAsync(endpoint)).ExpectError(404, "ENDPOINT_NOT_FOUND");
        Assert.DoesNotContain(fixture.App.Output, line => line.Contains(secret[6..], StringComparison.Ordinal) || line.Contains(second[6..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_failed_is_seen_with_its_answer_and_sent_again()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return http.Response.WriteAsync("down for maintenance");
        };
        var endpoint = $"{Path}/{(await MakeAsync(receiver.Address, "*")).GetProperty("key").GetString()}";
        (await Application.PostAsync($"{endpoint}/test", new { type = "work-orders.deleted" })).Expect(200);
        await receiver.NextAsync();

        var failing = await UntilAsync(endpoint, "pending", attempts: 1);
        Assert.Equal((503, "down for maintenance"), (failing.GetProperty("attempts")[0].GetProperty("status").GetInt32(), failing.GetProperty("attempts")[0].GetProperty("response").GetString()));
        Assert.NotEqual(JsonValueKind.Null, failing.GetProperty("next_try_at").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, (await Application.GetAsync(endpoint)).Expect(200).GetProperty("data").GetProperty("failing_since").ValueKind);

        receiver.Answer = _ => Task.CompletedTask;
        (await Application.PostAsync($"{endpoint}/deliveries/{failing.GetProperty("key").GetString()}/redeliver", new { })).Expect(200);
        await receiver.NextAsync();
        await UntilAsync(endpoint, "delivered", attempts: 2);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_410_disables()
    {
        await using var elsewhere = await EventReceiver.StartAsync();
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.Redirect(elsewhere.Address.ToString(), permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        };
        var endpoint = $"{Path}/{(await MakeAsync(receiver.Address, "*")).GetProperty("key").GetString()}";
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.created" })).Expect(200);
        Assert.Equal(308, (await UntilAsync(endpoint, "pending", attempts: 1)).GetProperty("attempts")[0].GetProperty("status").GetInt32());

        receiver.Answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.created" })).Expect(200);
        var gone = await UntilAsync(endpoint, "failed", attempts: 1);

        var disabled = (await Application.GetAsync(endpoint)).Expect(200).GetProperty("data");
        Assert.False(disabled.GetProperty("enabled").GetBoolean());
        Assert.Equal("It answered 410 Gone.", disabled.GetProperty("disabled_because").GetString());
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.created" })).ExpectError(409, "CONFLICT");
        (await Application.PostAsync($"{endpoint}/deliveries/{gone.GetProperty("key").GetString()}/redeliver", new { })).ExpectError(409, "CONFLICT");
        Assert.True((await Application.PutAsync(endpoint, new { enabled = true })).Expect(200).GetProperty("data").GetProperty("enabled").GetBoolean());
        receiver.Answer = _ => Task.CompletedTask;
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.created" })).Expect(200);
        await UntilAsync(endpoint, "delivered");
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name()
    {
        var connections = (await Application.GetAsync("/api/system/connections")).Expect(200).GetProperty("data");
        var connection = connections[0].GetProperty("key").GetString()!;
        var made = (await Application.PostAsync(Path, new { url = "http://localhost:1/a", types = new[] { "*" }, connections = new[] { connection }, description = "First" })).Expect(200).GetProperty("data");
        var endpoint = $"{Path}/{made.GetProperty("key").GetString()}";

        (await Application.PutAsync(endpoint, new { url = "http://localhost:1/b" })).Expect(200);
        var changed = (await Application.PutAsync(endpoint, new { enabled = false })).Expect(200).GetProperty("data");
        Assert.Equal(("http://localhost:1/b", "First", false), (changed.GetProperty("url").GetString(), changed.GetProperty("description").GetString(), changed.GetProperty("enabled").GetBoolean()));
        Assert.Equal(connection, changed.GetProperty("connections")[0].GetString());
        var all = (await Application.PutAsync(endpoint, new { connections = (string[]?)null })).Expect(200).GetProperty("data");
        Assert.Equal(JsonValueKind.Null, all.GetProperty("connections").ValueKind);
        Assert.Contains(made.GetProperty("key").GetString(), (await Application.GetAsync(Path)).Expect(200).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData("""{}""", "url", "types")]
    [InlineData("""{"url":"","types":["*"]}""", "url")]
    [InlineData("""{"url":"nowhere","types":["*"]}""", "url")]
    [InlineData("""{"url":"ftp://localhost/","types":["*"]}""", "url")]
    [InlineData("""{"url":"http://user:password@localhost/","types":["*"]}""", "url")]
    [InlineData("""{"url":5,"types":["*"]}""", "url")]
    [InlineData("""{"url":"http://localhost/","types":"*"}""", "types")]
    [InlineData("""{"url":"http://localhost/","types":[]}""", "types")]
    [InlineData("""{"url":"http://localhost/","types":[1]}""", "types")]
    [InlineData("""{"url":"http://localhost/","types":["purchase-orders"]}""", "types[0]")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"connections":[]}""", "connections")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"connections":["none"]}""", "connections[0]")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"connections":{}}""", "connections")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"description":[]}""", "description")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"enabled":"yes"}""", "enabled")]
    [InlineData("""{"url":"http://localhost/","types":["*"],"secret":"whsec_mine"}""", "secret")]
    public async Task A_bad_endpoint_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await Application.SendAsync(HttpMethod.Post, Path, content);

        var error = answer.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal(fields, error.GetProperty("details").EnumerateArray().Select(d => d.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task What_is_not_there_or_not_right_is_refused()
    {
        var endpoint = $"{Path}/{(await MakeAsync(new Uri("http://localhost:1/"), "*")).GetProperty("key").GetString()}";

        (await Application.GetAsync($"{Path}/none")).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.PutAsync($"{Path}/none", new { enabled = true })).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.DeleteAsync($"{Path}/none")).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.PostAsync($"{Path}/none/rotate-secret", new { })).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.PostAsync($"{Path}/none/test", new { type = "vendors.created" })).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.GetAsync($"{Path}/none/deliveries")).ExpectError(404, "ENDPOINT_NOT_FOUND");
        (await Application.PostAsync($"{endpoint}/deliveries/none/redeliver", new { })).ExpectError(404, "DELIVERY_NOT_FOUND");
        (await Application.PostAsync($"{endpoint}/test", new { type = "vendors.*" })).ExpectError(422, "VALIDATION_FAILED");
        (await Application.PostAsync($"{endpoint}/test", new { })).ExpectError(422, "VALIDATION_FAILED");
        (await Application.GetAsync($"{endpoint}/deliveries?cursor=none")).ExpectError(400, "INVALID_CURSOR");
        (await Application.GetAsync($"{endpoint}/deliveries?page=2")).ExpectError(400, "INVALID_REQUEST");
        (await Application.GetAsync($"{endpoint}/deliveries?per_page=201")).ExpectError(400, "INVALID_REQUEST");
        (await fixture.Customer.GetAsync(Path)).ExpectError(403, "WRONG_TOKEN_KIND");
        using var anonymous = new ApiClient(fixture.App.Address, null);
        (await anonymous.GetAsync(endpoint)).ExpectError(401, "INVALID_TOKEN");
    }

    private async Task<JsonElement> MakeAsync(Uri url, params string[] types) =>
        (await Application.PostAsync(Path, new { url, types })).Expect(200).GetProperty("data");

    /// <summary>The endpoint's latest delivery, once it is so.</summary>
    private async Task<JsonElement> UntilAsync(string endpoint, string state, int attempts = 0)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var latest = (await Application.GetAsync($"{endpoint}/deliveries?per_page=1")).Expect(200).GetProperty("data")[0];
            if (latest.GetProperty("state").GetString() == state && latest.GetProperty("attempts").GetArrayLength() >= attempts)
            {
                return latest;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public MillwrightApp App { get; private set; } = null!;

        public ApiClient Application { get; private set; } = null!;

        public ApiClient Customer { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await MillwrightApp.StartAsync(("AzureFunctionsJobHost__logging__logLevel__default", "Trace"));
            Application = await ApiClient.AsApplicationAsync(App);
            Customer = await Application.ConnectAsync("sandbox", SandboxSystem.Of(App, "sandbox-endpoints").Credentials);
        }

        public async ValueTask DisposeAsync()
        {
            Customer.Dispose();
            Application.Dispose();
            await App.DisposeAsync();
        }
    }
}
