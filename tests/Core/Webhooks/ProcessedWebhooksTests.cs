using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class ProcessedWebhooksTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ProcessedWebhooks Processed => _bench.Processed;

    public async ValueTask InitializeAsync() => _bench = await WebhookBench.ConnectAsync();

    [Fact]
    public async Task A_new_webhook_is_claimed()
    {
        Assert.False(Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook())).Again);
        Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook() with { Id = new string('b', 64) }));
    }

    [Fact]
    public async Task The_same_message_takes_its_claim_over_at_once()
    {
        var first = await ClaimAsync(Webhook());

        var second = Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook()));
        Assert.True(second.Again);

        // The first has lost it, and marks nothing.
        await ProcessedWebhooks.MarkAsync(Webhook(), (WebhookClaim.Held)first, WebhookOutcome.Applied, Stop);
        Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook()));
    }

    [Fact]
    public async Task Another_message_waits_until_the_lease_ends()
    {
        await ClaimAsync(Webhook());
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        var other = Webhook() with { Replay = 1 };

        Assert.Equal(ProcessedWebhooks.Lease - TimeSpan.FromMinutes(1), Assert.IsType<WebhookClaim.Wait>(await ClaimAsync(other)).For);
        _bench.Time.Advance(ProcessedWebhooks.Lease - TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.IsType<WebhookClaim.Wait>(await ClaimAsync(other));
        _bench.Time.Advance(TimeSpan.FromTicks(1));

        Assert.True(Assert.IsType<WebhookClaim.Held>(await ClaimAsync(other)).Again);
    }

    [Fact]
    public async Task A_claim_that_is_given_back_is_free_for_any_message()
    {
        await Processed.ReleaseAsync(Webhook(), await HeldAsync(Webhook()), Stop);

        Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook() with { Attempt = 1 }));
    }

    [Theory]
    [InlineData(WebhookOutcome.Applied)]
    [InlineData(WebhookOutcome.Unchanged)]
    [InlineData(WebhookOutcome.Stale)]
    [InlineData(WebhookOutcome.Parked)]
    public async Task What_is_marked_is_done(WebhookOutcome outcome)
    {
        await ProcessedWebhooks.MarkAsync(Webhook(), await HeldAsync(Webhook()), outcome, Stop);
        _bench.Time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(outcome == WebhookOutcome.Parked, Assert.IsType<WebhookClaim.Done>(await ClaimAsync(Webhook())).Parked);
        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(Webhook() with { Attempt = 3 }));
    }

    [Fact]
    public async Task What_was_parked_is_claimed_by_a_later_replay_only()
    {
        var replayed = Webhook() with { Replay = 1 };
        await ProcessedWebhooks.MarkAsync(Webhook(), await HeldAsync(Webhook()), WebhookOutcome.Parked, Stop);
        await ProcessedWebhooks.MarkAsync(replayed, await HeldAsync(replayed), WebhookOutcome.Parked, Stop);

        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(Webhook()));
        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(replayed));
        Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook() with { Replay = 2 }));
    }

    [Fact]
    public async Task What_was_applied_is_not_replayed()
    {
        await ProcessedWebhooks.MarkAsync(Webhook(), await HeldAsync(Webhook()), WebhookOutcome.Applied, Stop);

        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(Webhook() with { Replay = 5 }));
    }

    [Theory]
    [InlineData("2026-11-30T23:59:59.9999999Z", "2026-12-01T00:00:00Z")]
    [InlineData("2026-11-01T00:00:00Z", "2026-12-31T23:59:59Z")]
    [InlineData("2026-12-31T12:00:00Z", "2027-01-31T12:00:00Z")]
    [InlineData("2027-01-29T12:00:00Z", "2027-02-28T12:00:00Z")]
    [InlineData("2027-01-31T12:00:00Z", "2027-02-28T12:00:00Z")]
    public async Task A_webhook_received_again_in_the_next_month_is_known(string first, string again)
    {
        var webhook = Webhook() with { ReceivedAt = DateTimeOffset.Parse(first, null) };
        await ProcessedWebhooks.MarkAsync(webhook, await HeldAsync(webhook), WebhookOutcome.Applied, Stop);

        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(webhook with { ReceivedAt = DateTimeOffset.Parse(again, null) }));
    }

    /// <summary>The first receipt waited, in the table for what the queue did not take, until after the second was done with.</summary>
    [Fact]
    public async Task A_webhook_that_waited_over_the_end_of_a_month_is_known_by_a_later_receipt()
    {
        var first = Webhook() with { ReceivedAt = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero) };
        var second = first with { ReceivedAt = first.ReceivedAt.AddSeconds(1) };
        _bench.Time.SetUtcNow(second.ReceivedAt);
        await ProcessedWebhooks.MarkAsync(second, await HeldAsync(second), WebhookOutcome.Applied, Stop);

        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(first));
    }

    [Fact]
    public async Task A_claim_of_the_month_before_is_taken_over_where_it_is()
    {
        var webhook = Webhook() with { ReceivedAt = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero) };
        var again = webhook with { ReceivedAt = webhook.ReceivedAt.AddSeconds(1), Attempt = 1 };
        await ClaimAsync(webhook);
        Assert.IsType<WebhookClaim.Wait>(await ClaimAsync(again));
        _bench.Time.Advance(ProcessedWebhooks.Lease);

        await ProcessedWebhooks.MarkAsync(again, await HeldAsync(again), WebhookOutcome.Applied, Stop);

        Assert.IsType<WebhookClaim.Done>(await ClaimAsync(webhook));
    }

    [Fact]
    public async Task Of_many_at_once_one_holds_the_claim()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ClaimAsync(Webhook() with { Attempt = i }))));

        Assert.Single(claims.OfType<WebhookClaim.Held>());
        Assert.Equal(19, claims.OfType<WebhookClaim.Wait>().Count());
    }

    [Fact]
    public async Task A_claim_is_tried_again_where_another_was_faster()
    {
        await Processed.ReleaseAsync(Webhook(), await HeldAsync(Webhook()), Stop);
        _bench.Probe.Reset();
        _bench.Probe.BeforeWrite = n => n == 2 ? ClaimAsync(Webhook() with { Replay = 1 }) : Task.CompletedTask;

        Assert.IsType<WebhookClaim.Wait>(await ClaimAsync(Webhook()));
    }

    [Fact]
    public async Task Old_months_are_dropped()
    {
        await ClaimAsync(Webhook());
        _bench.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(["ProcessedWebhooks202611"], await Processed.DropOldAsync(TimeSpan.FromDays(30), Stop));
        Assert.IsType<WebhookClaim.Held>(await ClaimAsync(Webhook()));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private WebhookEnvelope Webhook() => new()
    {
        Id = new string('a', 64),
        ConnectionId = _bench.Connection.Id,
        ApplicationId = _bench.Connection.ApplicationId,
        Provider = FakeSource.Provider,
        ReceivedAt = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        RequestId = "req-1",
    };

    private Task<WebhookClaim> ClaimAsync(WebhookEnvelope webhook) => Processed.ClaimAsync(webhook, Stop);

    private async Task<WebhookClaim.Held> HeldAsync(WebhookEnvelope webhook) => Assert.IsType<WebhookClaim.Held>(await ClaimAsync(webhook));
}
