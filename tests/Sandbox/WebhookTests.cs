using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

public sealed class WebhookTests(SandboxFixture fixture) : IAsyncLifetime
{
    private readonly SandboxClient _client = fixture.NewCompany();
    private WebhookReceiver _receiver = null!;

    public static TheoryData<string, string, string, object?, string, string> Changes => new()
    {
        { "POST", "vendors", "thin", new { name = "New" }, "vendors.created", "ven_1026" },
        { "POST", "meter-readings", "thin", new { meter_id = "mtr_1002", value = 3, taken_at = 1793600000 }, "meter-readings.created", "rdg_1881" },
        { "PATCH", "assets/ast_1003", "thin", new { name = "Other" }, "assets.updated", "ast_1003" },
        { "PUT", "stock-levels/stk_1001", "thin", new { on_hand = 7 }, "stock-levels.updated", "stk_1001" },
        { "PUT", "items/itm_1001/stock", "thin", new { storeroom_id = "sto_1001", on_hand = 8 }, "stock-levels.updated", "stk_1001" },
        { "POST", "vendors", "fat", new { name = "New" }, "vendors.created", "ven_1026" },
        { "PATCH", "assets/ast_1003", "fat", new { name = "Other" }, "assets.updated", "ast_1003" },
        { "PUT", "stock-levels/stk_1001", "fat", new { on_hand = 7 }, "stock-levels.updated", "stk_1001" },
    };

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_told_once(string method, string path, string body, object? content, string type, string id)
    {
        await _client.SubscribeAsync(_receiver, body);

        using (var response = await _client.SendAsync(method, path, content))
        {
            Assert.True(response.IsSuccessStatusCode);
        }

        await _client.DrainAsync();
        var webhook = Assert.Single(_receiver.Rest());
        Assert.Equal((type, id), (webhook.Type, webhook.RecordId));
        Assert.Equal(type.Split('.')[0], (string?)webhook.Json["collection"]);
        Assert.Equal(
            body == "fat" ? (await _client.GetAsync($"{type.Split('.')[0]}/{id}")).ToJsonString() : null, webhook.Json["record"]?.ToJsonString());
    }

    [Fact]
    public async Task A_webhook_is_signed_and_has_the_documented_form()
    {
        await _client.SubscribeAsync(_receiver);
        var order = await _client.CreateOrderAsync();

        var webhook = await _receiver.NextAsync();

        Assert.Equal(("POST", "/hooks?from=sandbox", "application/json"), (webhook.Method, webhook.Address, webhook.ContentType));
        Assert.StartsWith("msg_", webhook.Id, StringComparison.Ordinal);
        Assert.True(webhook.IsSignedBy(WebhookCalls.Secret));
        Assert.Equal(fixture.Time.GetUtcNow().ToUnixTimeSeconds(), webhook.SentAt.ToUnixTimeSeconds());
        var expected = new JsonObject
        {
            ["type"] = "purchase-orders.created",
            ["collection"] = "purchase-orders",
            ["id"] = (string?)order["id"],
            ["version"] = webhook.Version,
            ["occurred_at"] = (string?)order["updated_at"],
        };
        Assert.Equal(expected.ToJsonString(), webhook.Json.ToJsonString());
    }

    [Fact]
    public async Task Moves_parts_and_deletions_are_told_in_order_and_versions_grow()
    {
        await _client.SubscribeAsync(_receiver);
        var order = await _client.CreateAsync("work-orders", new { title = "T" });
        var path = $"work-orders/{order["id"]}";
        await _client.ExpectAsync(HttpStatusCode.Created, "POST", path + "/parts", new { item_id = "itm_1001", qty_planned = 2 });
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path + "/parts/1", new { qty_used = 1 });
        await _client.MoveAsync("work-orders", order, "cancelled");
        await _client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", path);

        await _client.DrainAsync();

        var webhooks = _receiver.Rest();
        Assert.Equal(
            ["work-orders.created", "work-orders.updated", "work-orders.updated", "work-orders.updated", "work-orders.deleted"],
            webhooks.Select(webhook => webhook.Type));
        Assert.All(webhooks, webhook => Assert.Equal((string?)order["id"], webhook.RecordId));
        Assert.Equal(webhooks.Select(webhook => webhook.Version).Order().Distinct(), webhooks.Select(webhook => webhook.Version));
        Assert.Equal(5, webhooks.Select(webhook => webhook.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_fat_webhook_has_the_record_of_its_change_though_it_is_sent_later()
    {
        _receiver.AnswerWith(500);
        await _client.SubscribeAsync(_receiver, "fat");
        var vendor = await _client.CreateAsync("vendors", new { name = "First" });
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"vendors/{vendor["id"]}", new { name = "Second" });
        await _client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"vendors/{vendor["id"]}");
        await _receiver.NextAsync();
        _receiver.AnswerWith(200);

        // A new subscription tries again at once.
        await _client.SubscribeAsync(_receiver, "fat");
        await _client.DrainAsync();

        Assert.Equal(["First", "Second", null], _receiver.Rest().Select(webhook => (string?)webhook.Json["record"]?["name"]));
    }

    [Fact]
    public async Task What_a_webhook_tells_of_can_be_read_when_it_comes()
    {
        List<string?> read = [];
        using var reader = new SandboxClient(fixture.BaseAddress, _client.Key);
        _receiver.Answer = async (webhook, _) =>
        {
            read.Add((string?)(await reader.GetAsync("vendors/ven_1001"))["name"]);
            return 200;
        };
        await _client.SubscribeAsync(_receiver, "fat");

        foreach (var name in Enumerable.Range(0, 50).Select(number => $"N{number}"))
        {
            await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", "vendors/ven_1001", new { name });
            await _client.DrainAsync();
            Assert.Equal(name, read[^1]);
        }

        Assert.Equal(50, read.Count);
    }

    [Fact]
    public async Task What_changes_nothing_is_not_told()
    {
        await _client.SubscribeAsync(_receiver);
        var vendor = await _client.CreateAsync("vendors", new { name = "Same" });

        // The clock stands still, so that not even updated_at differs.
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"vendors/{vendor["id"]}", new { name = "Same" });
        await _client.RefusedAsync(HttpStatusCode.UnprocessableEntity, "validation_failed", "POST", "vendors", new { });
        await _client.GetAsync("vendors");
        await _client.DrainAsync();

        Assert.Equal("vendors.created", Assert.Single(_receiver.Rest()).Type);
    }

    [Fact]
    public async Task Only_the_company_that_subscribed_is_told_of_and_only_of_its_changes()
    {
        using var other = fixture.NewCompany();
        await _client.SubscribeAsync(_receiver);
        await other.CreateOrderAsync();
        await _client.CreateAsync("vendors", new { name = "Mine" });
        await _client.DrainAsync();
        Assert.Equal("vendors.created", Assert.Single(_receiver.Rest()).Type);
    }

    [Fact]
    public async Task After_unsubscribing_nothing_is_told_not_even_what_waits()
    {
        _receiver.AnswerWith(500);
        await _client.SubscribeAsync(_receiver);
        await _client.CreateOrderAsync();
        await _client.CreateOrderAsync();
        await _receiver.NextAsync();

        await _client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "_webhooks");

        await _client.CreateOrderAsync();
        var stats = await _client.WebhookStatsAsync();
        Assert.Equal((2, 2, 0), ((int)stats["queued"]!, (int)stats["dropped"]!, (int)stats["waiting"]!));
        await _client.SubscribeAsync(_receiver);
        _receiver.AnswerWith(200);
        _receiver.Rest();
        await _client.CreateAsync("vendors", new { name = "New" });
        await _client.DrainAsync();
        Assert.Equal("vendors.created", Assert.Single(_receiver.Rest()).Type);
    }

    [Fact]
    public async Task A_target_is_shown_without_its_secret_until_it_is_removed()
    {
        await _client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", "_webhooks");
        await _client.SubscribeAsync(_receiver, "fat");
        Assert.Equal($$"""{"url":"{{_receiver.Url}}","body":"fat"}""", (await _client.GetAsync("_webhooks")).ToJsonString());
        await _client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "_webhooks");
        await _client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "_webhooks");
        await _client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", "_webhooks");
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x", WebhookCalls.Secret, "thin", "url")]
    [InlineData("/hooks", WebhookCalls.Secret, "thin", "url")]
    [InlineData(null, WebhookCalls.Secret, "thin", "url")]
    [InlineData("http://127.0.0.1:1/", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "thin", "secret")]
    [InlineData("http://127.0.0.1:1/", "whsec_not-base64-not-base64-not-base64-not", "thin", "secret")]
    [InlineData("http://127.0.0.1:1/", "whsec_c2hvcnQ=", "thin", "secret")]
    [InlineData("http://127.0.0.1:1/", null, "thin", "secret")]
    [InlineData("http://127.0.0.1:1/", WebhookCalls.Secret, "big", "body")]
    [InlineData("http://127.0.0.1:1/", WebhookCalls.Secret, null, "body")]
    public async Task A_bad_target_is_refused(string? url, string? secret, string? body, string field)
    {
        var error = await _client.RefusedAsync(
            HttpStatusCode.UnprocessableEntity, "validation_failed", "PUT", "_webhooks", new { url, secret, body });
        Assert.Equal(field, Assert.Single(error["fields"]!.AsObject()).Key);
        await _client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", "_webhooks");
    }

    [Fact]
    public async Task The_body_is_thin_where_nothing_is_said()
    {
        var target = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", "_webhooks", new { url = _receiver.Url, secret = WebhookCalls.Secret });
        Assert.Equal("thin", (string?)target["body"]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _receiver.DisposeAsync();
    }
}
