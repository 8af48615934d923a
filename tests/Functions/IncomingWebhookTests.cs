using System.Text.Json;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

/// <summary>Webhooks of the Sandbox, from its change to the event, through Millwright as a user runs it.</summary>
public sealed class IncomingWebhookTests
{
    [Theory]
    [InlineData("thin")]
    [InlineData("fat")]
    public async Task A_change_in_the_system_becomes_an_event_with_the_record(string body)
    {
        await using var webhooks = await IncomingWebhooks.StartAsync($"sandbox-webhooks-{body}");
        await webhooks.SendToMillwrightAsync(body);

        var vendor = await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = "Globex" });
        var id = vendor.GetProperty("id").GetString()!;
        await webhooks.EventsAsync(1);
        await webhooks.SandboxAsync(HttpMethod.Patch, $"/v1/vendors/{id}", new { name = "Globex Tooling" });
        await webhooks.EventsAsync(2);
        await webhooks.SandboxAsync(HttpMethod.Delete, $"/v1/vendors/{id}");
        var events = await webhooks.EventsAsync(3);

        Assert.Equal(["vendors.created", "vendors.updated", "vendors.deleted"], events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal([1, 2, 3], events.Select(e => e.GetProperty("sequence").GetInt32()));
        Assert.All(events, e => Assert.Equal((id, webhooks.Connection), (e.GetProperty("key").GetString(), e.GetProperty("connectionId").GetString())));
        Assert.Equal("Globex", events[0].GetProperty("data").GetProperty("name").GetString());
        Assert.Equal("Globex Tooling", events[1].GetProperty("data").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, events[2].GetProperty("data").ValueKind);
        Assert.Equal(events[0].GetProperty("afterHash").GetString(), events[1].GetProperty("beforeHash").GetString());
    }

    [Fact]
    public async Task A_thin_and_a_fat_webhook_of_one_change_bring_the_record_in_the_same_form()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-same-form");
        await webhooks.SendToMillwrightAsync("fat");
        var vendor = await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = "Globex" });
        var brought = (await webhooks.EventsAsync(1))[0].GetProperty("data");

        var read = (await webhooks.Customer.GetAsync($"/api/erp/vendors/{vendor.GetProperty("id").GetString()}")).Expect(200).GetProperty("data");
        Assert.Equal(read.GetRawText(), brought.GetRawText());
    }

    [Fact]
    public async Task Duplicates_overtaking_and_forgeries_change_nothing()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-faults");
        await webhooks.SendToMillwrightAsync("fat");
        await webhooks.SandboxAsync(
            HttpMethod.Put,
            "/v1/_faults",
            new { webhooks = new { duplicate = new { next = 20, chance = 0.5, copies = 2 }, reorder = new { next = 20, chance = 0.3 }, bad_signature = new { next = 20, chance = 0.5 } } });
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var vendor = await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = $"Vendor {i}" });
            ids.Add(vendor.GetProperty("id").GetString()!);
        }

        var events = await webhooks.EventsAsync(10);
        Assert.Equal(ids.Order(StringComparer.Ordinal), events.Select(e => e.GetProperty("key").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await webhooks.SandboxAsync(HttpMethod.Get, "/v1/_stats")).GetProperty("webhooks").GetProperty("forged_taken").GetInt32());
    }

    [Fact]
    public async Task The_feed_is_read_on_with_a_cursor_and_narrowed()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-cursor");
        await webhooks.SendToMillwrightAsync("thin");
        for (var i = 0; i < 3; i++)
        {
            await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = $"Vendor {i}" });
        }

        var all = await webhooks.EventsAsync(3);
        var first = (await webhooks.Application.GetAsync("/api/changes?per_page=2")).Expect(200);
        Assert.True(first.GetProperty("meta").GetProperty("has_more").GetBoolean());
        var second = (await webhooks.Application.GetAsync($"/api/changes?cursor={first.GetProperty("meta").GetProperty("cursor").GetString()}")).Expect(200);
        Assert.Equal(
            all.Select(e => e.GetProperty("id").GetString()),
            first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(e => e.GetProperty("id").GetString()));
        Assert.Empty((await webhooks.Application.GetAsync("/api/changes?entity=purchase-orders")).Expect(200).GetProperty("data").EnumerateArray());
        Assert.Equal(3, (await webhooks.Application.GetAsync($"/api/changes?entity=vendors&connection={webhooks.Connection}")).Data.GetArrayLength());
        (await webhooks.Application.GetAsync("/api/changes?cursor=nonsense")).ExpectError(400, "INVALID_CURSOR");
        (await webhooks.Application.GetAsync("/api/changes?colour=red")).ExpectError(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task What_cannot_be_read_is_parked_and_listed_with_its_payload()
    {
        const string Body = """{"type":"colours.updated","collection":"colours","id":"col_1","version":1}""";
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-parked");
        Assert.Equal(200, (await webhooks.SendAsync("msg_odd", Body)).Status);

        var failure = Assert.Single(await webhooks.FailuresAsync("parked", 1));
        Assert.Equal("UNREADABLE_WEBHOOK", failure.GetProperty("code").GetString());
        var id = failure.GetProperty("id").GetString();
        Assert.Equal(Body, (await webhooks.Application.GetAsync($"/api/system/webhooks/failures/{id}")).Data.GetProperty("payload").GetString());
        Assert.Equal("replaying", (await webhooks.Application.PostAsync($"/api/system/webhooks/failures/{id}/replay", new { })).Data.GetProperty("state").GetString());
        await webhooks.FailuresAsync("parked", 1);
        (await webhooks.Application.PostAsync("/api/system/webhooks/failures/0123456789abcdef0123456789abcdef/replay", new { })).ExpectError(404, "FAILURE_NOT_FOUND");
        (await webhooks.Application.PostAsync("/api/system/webhooks/failures/replay", new { })).ExpectError(422, "VALIDATION_FAILED");
        (await webhooks.Application.GetAsync("/api/system/webhooks/failures?state=lost")).ExpectError(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_webhook_is_refused_the_same_way_whatever_is_wrong()
    {
        const string Body = """{"type":"vendors.updated","collection":"vendors","id":"ven_1001","version":1}""";
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-refused");
        (int Status, string Text)[] answers =
        [
            await webhooks.SendAsync("msg_1", Body, secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            await webhooks.SendAsync("msg_1", Body, at: TimeProvider.System.GetUtcNow().AddMinutes(-6)),
            await webhooks.SendAsync("msg_1", Body, at: TimeProvider.System.GetUtcNow().AddMinutes(6)),
            await webhooks.SendAsync("msg_1", Body, address: new Uri(webhooks.App.Address, "/api/webhooks/0123456789abcdef0123456789abcdef")),
            await webhooks.SendAsync("msg_1", Body, address: new Uri(webhooks.App.Address, "/api/webhooks/nobody")),
        ];
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Equal("INVALID_SIGNATURE The webhook was refused.", Assert.Single(answers.Select(answer => WithoutRequestId(answer.Text)).Distinct()));
        Assert.Equal(413, (await webhooks.SendAsync("msg_1", new string(' ', 256 * 1024) + Body)).Status);
    }

    [Fact]
    public async Task A_secret_is_replaced_without_a_gap()
    {
        const string Body = """{"type":"vendors.updated","collection":"vendors","id":"ven_1001","version":1}""";
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhooks-rotation");
        var path = $"/api/system/connections/{webhooks.Connection}/webhook";
        var added = (await webhooks.Application.PostAsync($"{path}/secrets", new { })).Expect(200).GetProperty("data");
        var fresh = added.GetProperty("secret").GetString()!;
        Assert.Equal(200, (await webhooks.SendAsync("msg_1", Body)).Status);
        Assert.Equal(200, (await webhooks.SendAsync("msg_2", Body, fresh)).Status);

        var live = (await webhooks.Application.GetAsync(path)).Data.GetProperty("secrets").EnumerateArray().ToList();
        Assert.Equal(2, live.Count);
        Assert.DoesNotContain(live, secret => secret.TryGetProperty("secret", out _));
        (await webhooks.Application.DeleteAsync($"{path}/secrets/{live[0].GetProperty("key").GetString()}")).Expect(200);
        Assert.Equal(401, (await webhooks.SendAsync("msg_3", Body)).Status);
        Assert.Equal(200, (await webhooks.SendAsync("msg_4", Body, fresh)).Status);
        (await webhooks.Application.DeleteAsync($"{path}/secrets/none")).ExpectError(404, "SECRET_NOT_FOUND");

        (await webhooks.Application.DeleteAsync($"/api/system/connections/{webhooks.Connection}")).Expect(200);
        Assert.Equal(401, (await webhooks.SendAsync("msg_5", Body, fresh)).Status);
    }

    private static string WithoutRequestId(string text)
    {
        var error = JsonElement.Parse(text).GetProperty("error");
        return $"{error.GetProperty("code")} {error.GetProperty("message")}";
    }
}
