using Microsoft.Extensions.Time.Testing;

namespace Millwright.Sandbox.Tests;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly TimerLog _time = new();
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SandboxOptions Options => new() { DataPath = Path.Combine(_folder.FullName, "sandbox.db"), TimeProvider = _time };

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    [Fact]
    public async Task A_webhook_that_was_not_taken_is_sent_again_with_its_id_and_a_new_signature()
    {
        await using var server = await SandboxServer.StartAsync(Options, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        _receiver.AnswerWith(500);
        await client.SubscribeAsync(_receiver);
        await client.CreateOrderAsync();
        var first = await _receiver.NextAsync();
        _receiver.AnswerWith(200);

        await AdvanceUntilAsync(client, async () => (int)(await client.WebhookStatsAsync())["sent"]! == 1);

        var second = Assert.Single(_receiver.Rest());
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body, second.Body);
        Assert.True(second.SentAt > first.SentAt);
        Assert.True(second.IsSignedBy(WebhookCalls.Secret));
        Assert.Equal(
            """{"queued":1,"sent":1,"failed":1,"dropped":0,"forged":0,"forged_taken":0,"waiting":0}""", (await client.WebhookStatsAsync()).ToJsonString());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Any_other_answer_than_2xx_is_a_failure(int status)
    {
        await using var server = await SandboxServer.StartAsync(Options, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        _receiver.AnswerWith(status);
        await client.SubscribeAsync(_receiver);
        await client.CreateOrderAsync();
        await AdvanceUntilAsync(client, async () => (int)(await client.WebhookStatsAsync())["failed"]! > 1);
        Assert.Equal(1, (int)(await client.WebhookStatsAsync())["waiting"]!);
    }

    [Fact]
    public async Task The_pauses_grow_to_a_minute_and_after_a_day_it_ends_and_the_next_one_has_its_turn()
    {
        await using var server = await SandboxServer.StartAsync(Options, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        _receiver.AnswerWith(500);
        await client.SubscribeAsync(_receiver);
        await client.CreateOrderAsync();
        await client.CreateAsync("vendors", new { name = "Next" });
        await AdvanceUntilAsync(client, () => Task.FromResult(_time.Pauses.Count >= 8));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], _time.Pauses.Take(8));

        _time.Advance(TimeSpan.FromHours(24));
        await AdvanceUntilAsync(client, async () => (int)(await client.WebhookStatsAsync())["dropped"]! == 2);

        Assert.Equal("vendors.created", _receiver.Rest()[^1].Type);
        Assert.Equal(0, (int)(await client.WebhookStatsAsync())["waiting"]!);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_is_given_ten_seconds_and_slows_nobody_else()
    {
        await using var server = await SandboxServer.StartAsync(Options, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        _receiver.Answer = async (_, aborted) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
            return 200;
        };
        await client.SubscribeAsync(_receiver);
        await client.CreateOrderAsync();
        await _receiver.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        await client.CreateOrderAsync();
        await client.GetAsync("vendors");
        Assert.Equal(0, (int)(await client.WebhookStatsAsync())["failed"]!);

        _time.Advance(TimeSpan.FromSeconds(0.1));

        while ((int)(await client.WebhookStatsAsync())["failed"]! == 0)
        {
            Ct.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task What_a_killed_sandbox_had_not_sent_is_sent_by_the_next_one_though_nobody_calls()
    {
        string files;
        ReceivedWebhook unanswered;
        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
            _receiver.AnswerWith(500);
            await client.SubscribeAsync(_receiver, "fat");
            await client.CreateAsync("vendors", new { name = "One" });
            await client.CreateAsync("vendors", new { name = "Two" });
            unanswered = await _receiver.NextAsync();
            files = KilledNow();
        }

        _receiver.Rest();
        _receiver.AnswerWith(200);

        await using (await SandboxServer.StartAsync(Options with { DataPath = files }, Ct))
        {
            var one = await _receiver.NextAsync();
            var two = await _receiver.NextAsync();
            Assert.Equal(unanswered.Id, one.Id);
            Assert.Equal(["One", "Two"], new[] { one, two }.Select(webhook => (string?)webhook.Json["record"]!["name"]));
        }
    }

    [Fact]
    public async Task A_target_survives_a_restart_and_versions_go_on()
    {
        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
            await client.SubscribeAsync(_receiver, "fat");
            await client.CreateOrderAsync();
            await client.DrainAsync();
        }

        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
            Assert.Equal("fat", (string?)(await client.GetAsync("_webhooks"))["body"]);
            await client.CreateOrderAsync();
            await client.DrainAsync();
        }

        var versions = _receiver.Rest().Select(webhook => webhook.Version).ToList();
        Assert.Equal(2, versions.Count);
        Assert.True(versions[1] > versions[0]);
    }

    [Fact]
    public async Task A_target_that_is_not_there_yet_is_tried_again()
    {
        await using var server = await SandboxServer.StartAsync(Options, Ct);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        await client.SubscribeAsync(_receiver);
        await _receiver.DisposeAsync();
        await client.CreateOrderAsync();
        await AdvanceUntilAsync(client, async () => (int)(await client.WebhookStatsAsync())["failed"]! > 0);

        _receiver = await WebhookReceiver.StartAsync();
        await client.SubscribeAsync(_receiver);

        Assert.Equal("purchase-orders.created", (await _receiver.NextAsync()).Type);
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A copy of the files as they are while the server runs: what its sudden end would leave.</summary>
    private string KilledNow()
    {
        var copy = _folder.CreateSubdirectory("killed");
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(Options.DataPath! + suffix, Path.Combine(copy.FullName, "sandbox.db" + suffix));
        }

        return Path.Combine(copy.FullName, "sandbox.db");
    }

    /// <summary>Lets seconds pass; each look gives the sender the time to reach its next timer.</summary>
    private async Task AdvanceUntilAsync(SandboxClient client, Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await client.GetAsync("me");
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Notes how long each pause was to be, in seconds; the timeouts of ten are none.</summary>
    private sealed class TimerLog : FakeTimeProvider
    {
        private readonly List<double> _pauses = [];

        public TimerLog()
            : base(new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.Zero))
        {
        }

        public IReadOnlyList<double> Pauses
        {
            get
            {
                lock (_pauses)
                {
                    return [.. _pauses];
                }
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero && dueTime != TimeSpan.FromSeconds(10))
            {
                lock (_pauses)
                {
                    _pauses.Add(dueTime.TotalSeconds);
                }
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
