using System.Globalization;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookSubscriptionsTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Id => _bench.Connection.Id;

    public async ValueTask InitializeAsync() => _bench = await WebhookBench.ConnectAsync();

    [Fact]
    public async Task A_hit_is_remembered_for_a_while()
    {
        var subscriptions = _bench.Subscriptions;
        Assert.NotNull(await subscriptions.FindAsync(Id, Stop));
        _bench.Time.Advance(WebhookSubscriptions.CacheTime - TimeSpan.FromTicks(1));
        await subscriptions.FindAsync(Id, Stop);
        Assert.Single(_bench.Vault.Asked);

        _bench.Time.Advance(TimeSpan.FromTicks(1));
        await subscriptions.FindAsync(Id, Stop);

        Assert.Equal(2, _bench.Vault.Asked.Count);
    }

    [Fact]
    public async Task A_miss_is_remembered_too()
    {
        var (subscriptions, unknown) = (_bench.Subscriptions, new string('a', 32));
        foreach (var _ in Enumerable.Range(0, 100))
        {
            Assert.Null(await subscriptions.FindAsync(unknown, Stop));
        }

        Assert.Single(_bench.Vault.Asked);
    }

    [Fact]
    public async Task Any_number_of_unknown_ids_is_remembered_in_bounded_space()
    {
        var subscriptions = _bench.Subscriptions;
        await subscriptions.FindAsync(Id, Stop);
        foreach (var i in Enumerable.Range(0, 10_000))
        {
            await subscriptions.FindAsync(i.ToString("x32", CultureInfo.InvariantCulture), Stop);
        }

        // What was known had to go, and comes back with one read.
        _bench.Vault.Asked.Clear();
        Assert.NotNull(await subscriptions.FindAsync(Id, Stop));
        await subscriptions.FindAsync(Id, Stop);
        Assert.Single(_bench.Vault.Asked);
    }

    [Fact]
    public async Task A_change_is_seen_at_once_by_the_process_that_made_it()
    {
        var subscriptions = _bench.Subscriptions;
        var first = Assert.Single((await subscriptions.FindAsync(Id, Stop))!.Secrets);

        var second = await subscriptions.AddAsync(_bench.Connection, "given by the sender", Stop);
        Assert.Equal([first.Key, second.Key], (await subscriptions.FindAsync(Id, Stop))!.Secrets.Select(s => s.Key));

        Assert.True(await subscriptions.RemoveAsync(_bench.Connection, first.Key, Stop));
        Assert.False(await subscriptions.RemoveAsync(_bench.Connection, first.Key, Stop));
        Assert.Equal("given by the sender", Assert.Single((await subscriptions.FindAsync(Id, Stop))!.Secrets).Value);

        await subscriptions.DeleteAsync(Id, Stop);
        Assert.Null(await subscriptions.FindAsync(Id, Stop));
    }

    [Fact]
    public async Task A_new_subscription_ends_a_remembered_miss()
    {
        var subscriptions = _bench.Subscriptions;
        await subscriptions.DeleteAsync(Id, Stop);
        Assert.Null(await subscriptions.FindAsync(Id, Stop));

        await subscriptions.AddAsync(_bench.Connection, null, Stop);

        Assert.NotNull(await subscriptions.FindAsync(Id, Stop));
    }

    [Fact]
    public async Task There_is_a_most_of_live_secrets_and_the_longest_of_them_fit_the_vault()
    {
        foreach (var _ in Enumerable.Range(1, WebhookSubscriptions.MaxSecrets - 1))
        {
            await _bench.Subscriptions.AddAsync(_bench.Connection, new string('注', WebhookSubscriptions.MaxSecretLength), Stop);
        }

        var error = await Assert.ThrowsAsync<ApiException>(() => _bench.Subscriptions.AddAsync(_bench.Connection, null, Stop));

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
