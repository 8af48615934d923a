using Azure;
using Millwright.OnAzure.Vault;

namespace Millwright.OnAzure.Tests.Vault;

public sealed class KeyVaultCacheTests : KeyVaultTest
{
    [Fact]
    public async Task A_secret_is_read_once_within_its_lifetime()
    {
        KeyVault.Rotate("a", Secret);
        _ = await Vault.GetAsync("a", Cancel);
        Time.Advance(SecretCache.Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(Secret, await Vault.GetAsync("a", Cancel));
        Assert.Equal(1, KeyVault.Count("GET", "a"));
    }

    [Fact]
    public async Task A_rotation_by_another_process_is_seen_once_the_lifetime_is_over()
    {
        KeyVault.Rotate("a", "old");
        _ = await Vault.GetAsync("a", Cancel);
        KeyVault.Rotate("a", "new");
        Assert.Equal("old", await Vault.GetAsync("a", Cancel));
        Time.Advance(SecretCache.Lifetime);
        Assert.Equal("new", await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task The_latest_secret_is_read_around_the_cache_and_known_from_then_on()
    {
        KeyVault.Rotate("a", "old");
        _ = await Vault.GetAsync("a", Cancel);
        KeyVault.Rotate("a", "new");

        Assert.Equal("new", await Vault.GetLatestAsync("a", Cancel));

        Assert.Equal("new", await Vault.GetAsync("a", Cancel));
        Assert.Equal(2, KeyVault.Count("GET", "a"));
    }

    [Fact]
    public async Task The_latest_secret_is_not_that_of_a_read_under_way()
    {
        KeyVault.Rotate("a", Secret);
        var release = HoldReads(out _);
        var earlier = Vault.GetAsync("a", Cancel);
        var latest = Vault.GetLatestAsync("a", Cancel);
        release.SetResult();
        await Task.WhenAll(earlier, latest);
        Assert.Equal(2, KeyVault.Count("GET", "a"));
    }

    [Fact]
    public async Task That_there_is_no_secret_is_believed_for_seconds_only()
    {
        Assert.Null(await Vault.GetAsync("a", Cancel));
        KeyVault.Rotate("a", Secret);
        Time.Advance(SecretCache.AbsentLifetime - TimeSpan.FromTicks(1));
        Assert.Null(await Vault.GetAsync("a", Cancel));
        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(Secret, await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task Readers_at_once_share_one_read()
    {
        KeyVault.Rotate("a", Secret);
        var release = HoldReads(out _);
        var readers = Enumerable.Range(0, 50).Select(_ => Vault.GetAsync("a", Cancel)).ToArray();
        release.SetResult();
        Assert.All(await Task.WhenAll(readers), s => Assert.Equal(Secret, s));
        Assert.Equal(1, KeyVault.Count("GET", "a"));
    }

    [Fact]
    public async Task A_reader_that_gives_up_does_not_end_the_read_of_the_others()
    {
        KeyVault.Rotate("a", Secret);
        var release = HoldReads(out _);
        using var giveUp = new CancellationTokenSource();
        var (impatient, patient) = (Vault.GetAsync("a", giveUp.Token), Vault.GetAsync("a", Cancel));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();
        Assert.Equal(Secret, await patient);
    }

    [Fact]
    public async Task A_read_that_began_before_an_own_write_is_not_believed_after_it()
    {
        KeyVault.Rotate("a", "old");
        var release = HoldReads(out var reading);
        var early = Vault.GetAsync("a", Cancel);
        await reading;
        await Vault.SetAsync("a", "new", Cancel);
        release.SetResult();
        Assert.Equal("old", await early);
        Assert.Equal("new", await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task A_failed_read_is_not_remembered()
    {
        KeyVault.Rotate("a", Secret);
        KeyVault.Before = async (context, _) =>
        {
            await FakeKeyVault.RefuseAsync(context, 403, "Forbidden", "no");
            return true;
        };
        await Assert.ThrowsAsync<RequestFailedException>(() => Vault.GetAsync("a", Cancel));
        KeyVault.Before = (_, _) => Task.FromResult(false);
        Assert.Equal(Secret, await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task A_write_whose_answer_was_a_failure_is_looked_up_again()
    {
        KeyVault.Rotate("a", "old");
        _ = await Vault.GetAsync("a", Cancel);
        KeyVault.Before = async (context, request) =>
        {
            KeyVault.Rotate("a", "new");
            await FakeKeyVault.RefuseAsync(context, 500, "InternalServerError", "after the write");
            return request.Method == "PUT";
        };
        await Assert.ThrowsAsync<RequestFailedException>(() => Vault.SetAsync("a", "new", Cancel));
        KeyVault.Before = (_, _) => Task.FromResult(false);
        Assert.Equal("new", await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task The_secret_used_least_recently_is_forgotten_when_the_cache_is_full()
    {
        var cache = new SecretCache(Time);
        var reads = new List<string>();
        Task<string?> Ask(string name) => cache.GetAsync(name, () =>
        {
            reads.Add(name);
            return Task.FromResult<string?>("s");
        });
        for (var i = 0; i < SecretCache.Capacity; i++)
        {
            _ = await Ask($"n{i}");
        }

        _ = await Ask("n0");
        _ = await Ask("one-more");
        reads.Clear();
        _ = await Ask("n0");
        _ = await Ask("n1");
        Assert.Equal(["n1"], reads);
    }

    private TaskCompletionSource HoldReads(out Task reading)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        KeyVault.BeforeReadIsAnswered = async () =>
        {
            _ = started.TrySetResult();
            await release.Task;
        };
        reading = started.Task;
        return release;
    }
}
