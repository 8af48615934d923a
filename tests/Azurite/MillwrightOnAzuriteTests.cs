using Azure.Data.Tables;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.OnAzurite;

/// <summary>Millwright itself with its tables and blobs on Azurite; its vault stays embedded.</summary>
public sealed class MillwrightOnAzuriteTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeated_order_is_answered_from_the_record_even_after_a_power_cut()
    {
        await using var app = await MillwrightApp.StartAsync(
            ("Tables__ConnectionString", azurite.ConnectionString), ("Blobs__ConnectionString", azurite.ConnectionString));
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync(
            "sandbox", new Dictionary<string, string> { ["url"] = app.SandboxAddress.ToString(), ["apiKey"] = "sandbox-on-azurite" });
        var key = Guid.NewGuid().ToString();
        var body = await Orders.BodyAsync(customer, $"Once {key}");

        var first = await customer.PostAsync(Orders.Path, body, key);
        var repeated = await customer.PostAsync(Orders.Path, body, key);
        await app.KillAsync();
        await app.StartAsync();
        var afterRestart = await customer.PostAsync(Orders.Path, body, key);

        first.Expect(200);
        Assert.All([repeated, afterRestart], answer =>
        {
            answer.Expect(200);
            Assert.Equal(first.Text, answer.Text);
            Assert.Equal("true", answer.Headers["Idempotent-Replayed"]);
        });
        Assert.Single((await customer.GetAsync($"{Orders.Path}?filter[title]=Once {key}")).Expect(200).GetProperty("data").EnumerateArray());
        Assert.NotEmpty(await RowsAsync("Tokens"));
        Assert.Contains(await RowsAsync("Connections"), row => row.GetString("Provider") == "sandbox");
        Assert.NotEmpty(await RowsAsync("Idempotency"));
    }

    [Fact]
    public async Task Webhooks_become_events_over_a_power_cut()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync(
            "sandbox-webhooks-on-azurite", ("Tables__ConnectionString", azurite.ConnectionString), ("Blobs__ConnectionString", azurite.ConnectionString));
        await webhooks.SendToMillwrightAsync("fat");
        var ids = new List<string?>();
        for (var i = 0; i < 20; i++)
        {
            var vendor = await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = $"Vendor {i}", notes = new string((char)('a' + i), 3_000) });
            ids.Add(vendor.GetProperty("id").GetString());
            if (i == 10)
            {
                await webhooks.App.KillAsync();
                await webhooks.App.StartAsync();
            }
        }

        Assert.Equal(200, (await webhooks.SendAsync("msg_large", $$"""{"collection":"colours","id":"1","text":"{{new string('x', 200_000)}}"}""")).Status);
        var failure = Assert.Single(await webhooks.FailuresAsync("parked", 1));
        Assert.Contains(new string('x', 200_000), (await webhooks.Application.GetAsync($"/api/system/webhooks/failures/{failure.GetProperty("id").GetString()}")).Text, StringComparison.Ordinal);

        var events = await webhooks.EventsAsync(20);
        Assert.Equal(ids.Order(StringComparer.Ordinal), events.Select(e => e.GetProperty("key").GetString()).Order(StringComparer.Ordinal));
        var month = TimeProvider.System.GetUtcNow().ToString("yyyyMM", System.Globalization.CultureInfo.InvariantCulture);
        Assert.True((await RowsAsync($"ProcessedWebhooks{month}")).Count >= 21);
        Assert.True((await RowsAsync($"Events{month}")).Count >= 20);
        Assert.NotEmpty(await RowsAsync($"WebhookFailures{month}"));
    }

    [Fact]
    public async Task Polls_find_changes_and_deletions_over_a_power_cut()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync(
            "sandbox-polls-on-azurite", ("Tables__ConnectionString", azurite.ConnectionString), ("Blobs__ConnectionString", azurite.ConnectionString));
        var polled = new PolledConnection(webhooks.Application, webhooks.Customer, "vendors");
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add((await webhooks.SandboxAsync(HttpMethod.Post, "/v1/vendors", new { name = $"Vendor {i}" })).GetProperty("id").GetString()!);
        }

        await polled.ConfigureAsync();
        await polled.SyncAsync();
        await webhooks.SandboxAsync(HttpMethod.Patch, $"/v1/vendors/{ids[0]}", new { name = "Changed" });
        await webhooks.SandboxAsync(HttpMethod.Delete, $"/v1/vendors/{ids[1]}");
        await webhooks.App.KillAsync();
        await webhooks.App.StartAsync();
        await polled.SyncAsync();

        await polled.ReconcileAsync(await polled.RecordEventsAsync(), "erp", "vendors", [ids[0], ids[1]]);
        Assert.Contains(await RowsAsync("Syncs"), row => row.RowKey == "entity-vendors");
        Assert.Contains(await RowsAsync("PollsDue"), row => row.RowKey.EndsWith(webhooks.Connection, StringComparison.Ordinal));
    }

    /// <summary>The rows of a table, asked without Millwright's own adapter.</summary>
    private async Task<List<TableEntity>> RowsAsync(string table) =>
        await new TableClient(azurite.ConnectionString, table).QueryAsync<TableEntity>(cancellationToken: Cancel).ToListAsync(Cancel);
}
