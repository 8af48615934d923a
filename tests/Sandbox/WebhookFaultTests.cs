using System.Net;

namespace Millwright.Sandbox.Tests;

public sealed class WebhookFaultTests(SandboxFixture fixture) : IAsyncLifetime
{
    private readonly SandboxClient _client = fixture.NewCompany();
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        await _client.SubscribeAsync(_receiver);
    }

    [Fact]
    public async Task A_duplicate_has_the_same_id_and_counts_once()
    {
        await SetAsync(_client, new { duplicate = new { next = 1, copies = 2 } });
        await CreateAsync(_client, "First", "Second");
        await _client.DrainAsync();

        var webhooks = _receiver.Rest();
        Assert.Equal(["ven_1026", "ven_1026", "ven_1026", "ven_1027"], webhooks.Select(webhook => webhook.RecordId));
        Assert.Equal(2, webhooks.Select(webhook => webhook.Id).Distinct().Count());
        Assert.All(webhooks, webhook => Assert.True(webhook.IsSignedBy(WebhookCalls.Secret)));
        Assert.Equal(2, (int)(await _client.WebhookStatsAsync())["sent"]!);
    }

    [Fact]
    public async Task Copies_come_while_the_first_one_is_still_being_handled()
    {
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var here = 0;
        _receiver.Answer = async (_, _) =>
        {
            if (Interlocked.Increment(ref here) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return 200;
        };
        await SetAsync(_client, new { duplicate = new { next = 1 } });
        await CreateAsync(_client, "First");
        await _client.DrainAsync();
        Assert.Equal(2, here);
    }

    [Fact]
    public async Task A_later_webhook_overtakes()
    {
        await SetAsync(_client, new { reorder = new { next = 1 } });
        await CreateAsync(_client, "First", "Second", "Third");
        await _client.DrainAsync();

        var webhooks = _receiver.Rest();
        Assert.Equal(["ven_1027", "ven_1026", "ven_1028"], webhooks.Select(webhook => webhook.RecordId));
        Assert.True(webhooks[0].Version > webhooks[1].Version);
    }

    [Fact]
    public async Task With_all_reordered_they_come_in_swapped_pairs()
    {
        await SetAsync(_client, new { reorder = new { next = 100 } });
        await CreateAsync(_client, "First", "Second", "Third", "Fourth");
        await _client.DrainAsync();
        Assert.Equal(["ven_1027", "ven_1026", "ven_1029", "ven_1028"], _receiver.Rest().Select(webhook => webhook.RecordId));
    }

    [Fact]
    public async Task One_that_is_to_be_overtaken_does_not_wait_for_ever()
    {
        await using var own = new SandboxFixture();
        await own.InitializeAsync();
        using var client = own.NewCompany();
        await client.SubscribeAsync(_receiver);
        await SetAsync(client, new { reorder = new { next = 1 } });
        var start = own.Time.GetUtcNow();
        await CreateAsync(client, "Last");
        while ((int)(await client.WebhookStatsAsync())["waiting"]! > 0)
        {
            own.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await _receiver.NextAsync()).SentAt - start >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_dropped_webhook_never_comes_and_is_counted()
    {
        await SetAsync(_client, new { drop = new { next = 1 }, duplicate = new { next = 1 } });
        await CreateAsync(_client, "First", "Second");
        await _client.DrainAsync();

        Assert.Equal(["ven_1027", "ven_1027"], _receiver.Rest().Select(webhook => webhook.RecordId));
        var stats = await _client.WebhookStatsAsync();
        Assert.Equal((2, 1, 1), ((int)stats["queued"]!, (int)stats["sent"]!, (int)stats["dropped"]!));
    }

    [Fact]
    public async Task A_forged_webhook_comes_before_the_true_one_and_differs_by_its_signature()
    {
        _receiver.Answer = (webhook, _) => Task.FromResult(webhook.IsSignedBy(WebhookCalls.Secret) ? 200 : 401);
        await SetAsync(_client, new { bad_signature = new { next = 1 } });
        await CreateAsync(_client, "First", "Second");
        await _client.DrainAsync();

        var webhooks = _receiver.Rest();
        Assert.Equal([false, true, true], webhooks.Select(webhook => webhook.IsSignedBy(WebhookCalls.Secret)));
        Assert.Equal((webhooks[1].Id, webhooks[1].Timestamp), (webhooks[0].Id, webhooks[0].Timestamp));
        Assert.Equal(webhooks[1].Body, webhooks[0].Body);
        Assert.Equal(webhooks[1].Signature.Length, webhooks[0].Signature.Length);
        var stats = await _client.WebhookStatsAsync();
        Assert.Equal((2, 0, 1, 0), ((int)stats["sent"]!, (int)stats["failed"]!, (int)stats["forged"]!, (int)stats["forged_taken"]!));
    }

    [Fact]
    public async Task A_receiver_that_takes_a_forged_webhook_is_found_out()
    {
        await SetAsync(_client, new { bad_signature = new { next = 1 } });
        await CreateAsync(_client, "First");
        await _client.DrainAsync();
        Assert.Equal(1, (int)(await _client.WebhookStatsAsync())["forged_taken"]!);
    }

    [Fact]
    public async Task A_delayed_webhook_leaves_its_time_after_the_change()
    {
        await using var own = new SandboxFixture();
        await own.InitializeAsync();
        using var client = own.NewCompany();
        await client.SubscribeAsync(_receiver);
        await SetAsync(client, new { delay_ms = 60_000 });
        var start = own.Time.GetUtcNow();
        await CreateAsync(client, "First", "Second");
        own.Time.Advance(TimeSpan.FromSeconds(59));
        await client.GetAsync("vendors");
        Assert.Empty(_receiver.Rest());

        while ((int)(await client.WebhookStatsAsync())["waiting"]! > 0)
        {
            own.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(_receiver.Rest(), webhook => Assert.True(webhook.SentAt - start >= TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task With_a_chance_the_draws_of_one_seed_are_the_same_each_time()
    {
        var first = await SentWithAChanceAsync();
        Assert.InRange(first.Count, 5, 35);
        Assert.Equal(first, await SentWithAChanceAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _receiver.DisposeAsync();
    }

    private static async Task SetAsync(SandboxClient client, object webhooks) =>
        await client.ExpectAsync(HttpStatusCode.OK, "PUT", "_faults", new { webhooks });

    private static async Task CreateAsync(SandboxClient client, params string[] names)
    {
        foreach (var name in names)
        {
            await client.CreateAsync("vendors", new { name });
        }
    }

    /// <summary>Which of forty records are told of when half of the webhooks are dropped.</summary>
    private async Task<List<string>> SentWithAChanceAsync()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { FaultSeed = 7 }, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        await client.SubscribeAsync(_receiver);
        await SetAsync(client, new { drop = new { next = 1000, chance = 0.5 } });
        await CreateAsync(client, [.. Enumerable.Range(0, 40).Select(number => $"N{number}")]);
        await client.DrainAsync();
        return [.. _receiver.Rest().Select(webhook => webhook.RecordId)];
    }
}
