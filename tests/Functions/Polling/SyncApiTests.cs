using System.Text.Json;

namespace Millwright.Functions.Tests.Polling;

/// <summary>Polling as an application and its customers see it, on the app as a user runs it.</summary>
public sealed class SyncApiTests
{
    [Fact]
    public async Task A_new_connection_is_polled_at_once_and_tells_of_what_changes_from_then_on()
    {
        await using var sandbox = await PolledSandbox.StartAsync(byDefault: true);
        await sandbox.UntilAsync("work-orders", "done");
        await sandbox.UntilAsync("uom", "done");
        Assert.Equal("done", await sandbox.SyncStatusAsync());
        Assert.Equal(24, (await sandbox.StatusAsync()).GetProperty("entities").GetArrayLength());

        await sandbox.SandboxAsync(HttpMethod.Patch, "/v1/vendors/ven_1001", new { name = "Changed in the ERP" });
        (await sandbox.Customer.SendAsync(HttpMethod.Post, "/api/sync")).Expect(200);
        var changed = Assert.Single(await sandbox.Polled.RecordEventsAsync());

        Assert.Equal("vendors.updated", Type(changed));
        Assert.Equal("poll", changed.GetProperty("source").GetString());
        Assert.Equal("Changed in the ERP", changed.GetProperty("data").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_full_first_sync_tells_of_every_record_once_over_a_kill_too()
    {
        await using var sandbox = await PolledSandbox.StartAsync("vendors");
        await sandbox.CreateVendorsAsync(1_000);
        (await sandbox.Application.PutAsync(await sandbox.SettingsPathAsync(), new { enabled = true, entities = new[] { "vendors" }, start = "full", requests_per_minute = 6000 })).Expect(200);
        await sandbox.App.KillAsync();
        await sandbox.App.StartAsync();
        await sandbox.UntilAsync("vendors", "done");

        var events = await sandbox.Polled.EventsAsync();
        var created = events.FindAll(e => Type(e) == "vendors.created");
        Assert.Equal((await sandbox.SandboxAsync(HttpMethod.Get, "/v1/vendors?page_size=1")).GetProperty("total").GetInt32(), created.Select(e => e.GetProperty("key").GetString()).Distinct().Count());
        Assert.All(created, e => Assert.Equal(1, e.GetProperty("sequence").GetInt32()));
        Assert.Equal("vendors", Assert.Single(events, e => Type(e) == "sync.completed").GetProperty("data").GetProperty("entity").GetString());
        Assert.Equal("fulldone", await sandbox.SyncStatusAsync());
    }

    [Fact]
    public async Task A_full_sync_can_be_asked_for_after_one_that_told_of_nothing()
    {
        await using var sandbox = await PolledSandbox.StartAsync("accounts");
        await sandbox.Polled.ConfigureAsync();
        await sandbox.Polled.SyncAsync();
        Assert.Empty(await sandbox.Polled.RecordEventsAsync());

        await sandbox.Polled.ConfigureAsync(new { start = "full" });
        await sandbox.Polled.SyncAsync();
        await sandbox.Polled.SyncAsync();

        var accounts = (await sandbox.SandboxAsync(HttpMethod.Get, "/v1/accounts")).GetProperty("total").GetInt32();
        var events = await sandbox.Polled.RecordEventsAsync();
        Assert.Equal(accounts, events.Count);
        Assert.All(events, e => Assert.Equal("accounts.created", Type(e)));
    }

    [Fact]
    public async Task Deletions_are_found_by_comparison_and_too_many_of_them_have_to_be_accepted()
    {
        await using var sandbox = await PolledSandbox.StartAsync("vendors");
        var ids = await sandbox.CreateVendorsAsync(30);
        await sandbox.Polled.ConfigureAsync();
        await sandbox.Polled.SyncAsync();

        await DeleteAsync(ids.Take(3));
        await sandbox.Polled.SyncAsync();
        await DeleteAsync(ids.Skip(3));
        (await sandbox.Customer.PostAsync("/api/sync", new { compare = true })).Expect(200);
        var failed = await sandbox.UntilAsync("vendors", "failed");
        Assert.Equal("MASS_DELETION", failed.GetProperty("last_error").GetProperty("code").GetString());
        Assert.Equal("error", await sandbox.SyncStatusAsync());
        var events = await sandbox.Polled.EventsAsync();
        Assert.Equal(3, events.Count(e => Type(e) == "vendors.deleted"));
        Assert.Equal("MASS_DELETION", Assert.Single(events, e => Type(e) == "sync.failed").GetProperty("data").GetProperty("error").GetProperty("code").GetString());

        (await sandbox.Customer.PostAsync("/api/sync", new { entities = new[] { "vendors" }, accept_deletions = true })).Expect(200);
        await sandbox.UntilAsync("vendors", "done");
        events = await sandbox.Polled.EventsAsync();
        Assert.Equal(ids, events.Where(e => Type(e) == "vendors.deleted").Select(Key).Order(StringComparer.Ordinal));
        Assert.Contains(events, e => Type(e) == "sync.completed");

        async Task DeleteAsync(IEnumerable<string> gone)
        {
            foreach (var id in gone)
            {
                await sandbox.SandboxAsync(HttpMethod.Delete, $"/v1/vendors/{id}");
            }
        }
    }

    [Fact]
    public async Task A_system_that_asks_for_fewer_requests_is_left_alone_for_as_long_as_it_says()
    {
        await using var sandbox = await PolledSandbox.StartAsync("vendors", "work-orders");
        await sandbox.SandboxAsync(HttpMethod.Put, "/v1/_faults", new { rate_limit = new { next = 1000, retry_after = 600 } });
        await sandbox.Polled.ConfigureAsync();

        var throttled = await sandbox.UntilAsync("vendors", "backing_off");
        Assert.Equal("RATE_LIMIT_EXCEEDED", throttled.GetProperty("last_error").GetProperty("code").GetString());
        await sandbox.Polled.EventsAsync();
        var until = (await sandbox.StatusAsync()).GetProperty("backing_off_until").GetDateTimeOffset();
        Assert.True(until > throttled.GetProperty("last_attempt").GetDateTimeOffset() + TimeSpan.FromSeconds(590));

        // Asking again does not ask the system again.
        var asked = await RequestsAsync();
        (await sandbox.Customer.PostAsync("/api/sync", new { })).Expect(200);
        await sandbox.Polled.RecordEventsAsync();
        Assert.Equal(asked, await RequestsAsync());

        async Task<int> RequestsAsync() => (await sandbox.SandboxAsync(HttpMethod.Get, "/v1/_stats")).GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task The_requests_per_minute_are_kept_to_and_the_rest_is_done_later()
    {
        await using var sandbox = await PolledSandbox.StartAsync();
        await sandbox.SandboxAsync(HttpMethod.Delete, "/v1/_stats");
        (await sandbox.Application.PutAsync(await sandbox.SettingsPathAsync(), new { enabled = true, requests_per_minute = 5 })).Expect(200);
        await sandbox.Polled.RecordEventsAsync();

        Assert.Equal(5, (await sandbox.SandboxAsync(HttpMethod.Get, "/v1/_stats")).GetProperty("total").GetInt32());
        var status = await sandbox.StatusAsync();
        Assert.Equal("inprogress", status.GetProperty("sync_status").GetString());
        Assert.Equal(5, status.GetProperty("entities").EnumerateArray().Count(e => e.GetProperty("state").GetString() == "done"));
        Assert.True(status.GetProperty("next_due").GetDateTimeOffset() > status.GetProperty("entities")[0].GetProperty("last_success").GetDateTimeOffset() + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Settings_are_changed_one_by_one_and_what_is_wrong_is_named()
    {
        await using var sandbox = await PolledSandbox.StartAsync();
        var path = await sandbox.SettingsPathAsync();
        (await sandbox.Customer.PostAsync("/api/sync", new { })).ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal("fulldone", await sandbox.SyncStatusAsync());

        (await sandbox.Application.PutAsync(path, new { enabled = true, entities = new[] { "vendors" }, interval_seconds = 120, intervals = new { vendors = 60 } })).Expect(200);
        var settings = (await sandbox.Application.PutAsync(path, new { compare_interval_seconds = 7200 })).Expect(200).GetProperty("data").GetProperty("settings");
        Assert.Equal(120, settings.GetProperty("interval_seconds").GetInt32());
        Assert.Equal(7200, settings.GetProperty("compare_interval_seconds").GetInt32());
        Assert.Equal(60, settings.GetProperty("intervals").GetProperty("vendors").GetInt32());
        Assert.Equal(settings.GetRawText(), (await sandbox.Application.GetAsync(path)).Data.GetProperty("settings").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await sandbox.Application.PutAsync(path, new { entities = (string[]?)null })).Data.GetProperty("settings").GetProperty("entities").ValueKind);

        var wrong = await sandbox.Application.PutAsync(
            path, new { enabled = "yes", entities = "vendors", start = "later", interval_seconds = 59, requests_per_minute = 0, intervals = new { vendors = 1 }, colour = "red" });
        wrong.ExpectError(422, "VALIDATION_FAILED");
        Assert.Equal(["colour", "enabled", "entities", "interval_seconds", "intervals.vendors", "requests_per_minute", "start"], wrong.ErrorFields.Order(StringComparer.Ordinal));
        Assert.Equal(["colours"], (await sandbox.Application.PutAsync(path, new { entities = new[] { "colours", "vendors" } })).ErrorFields);
        Assert.Equal(["interval_with_webhooks_seconds"], (await sandbox.Application.PutAsync(path, new { interval_with_webhooks_seconds = 60 })).ErrorFields);
        Assert.Equal(["colours"], (await sandbox.Customer.PostAsync("/api/sync", new { entities = new[] { "colours" } })).ErrorFields);
        (await sandbox.Customer.PostAsync("/api/sync", new { compare = "yes" })).ExpectError(422, "VALIDATION_FAILED");
        (await sandbox.Application.GetAsync("/api/sync-status")).ExpectError(403, "WRONG_TOKEN_KIND");
        (await sandbox.Customer.GetAsync(path)).ExpectError(403, "WRONG_TOKEN_KIND");
        (await sandbox.Application.GetAsync("/api/system/connections/0123456789abcdef0123456789abcdef/sync")).ExpectError(404, "CONNECTION_NOT_FOUND");
    }

    [Fact]
    public async Task Too_many_requests_for_a_poll_are_refused_while_none_can_be_done()
    {
        await using var sandbox = await PolledSandbox.StartAsync("vendors");
        await sandbox.SandboxAsync(HttpMethod.Put, "/v1/_faults", new { rate_limit = new { next = 1000, retry_after = 600 } });
        await sandbox.Polled.ConfigureAsync();
        await sandbox.UntilAsync("vendors", "backing_off");

        var answers = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            answers.Add((await sandbox.Customer.PostAsync("/api/sync", new { })).Status);
        }

        Assert.Equal(20, answers.Count(s => s == 200));
        Assert.Equal("60", (await sandbox.Customer.PostAsync("/api/sync", new { })).Headers["Retry-After"]);
        Assert.All(answers.Skip(20), s => Assert.Equal(429, s));
    }

    [Fact]
    public async Task A_connection_that_is_disconnected_is_polled_no_more()
    {
        await using var sandbox = await PolledSandbox.StartAsync("vendors");
        await sandbox.Polled.ConfigureAsync();
        await sandbox.UntilAsync("vendors", "done");
        (await sandbox.Customer.DeleteAsync("/api/integrations/current")).Expect(200);
        await sandbox.SandboxAsync(HttpMethod.Delete, "/v1/_stats");
        await sandbox.SandboxAsync(HttpMethod.Patch, "/v1/vendors/ven_1001", new { name = "Nobody wants to know" });

        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await sandbox.SandboxAsync(HttpMethod.Get, "/v1/_stats")).GetProperty("total").GetInt32());
    }

    private static string Type(JsonElement e) => e.GetProperty("type").GetString()!;

    private static string Key(JsonElement e) => e.GetProperty("key").GetString()!;
}
