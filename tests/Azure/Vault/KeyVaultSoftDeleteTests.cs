using Azure;

namespace Millwright.OnAzure.Tests.Vault;

public sealed class KeyVaultSoftDeleteTests : KeyVaultTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_deleted_secret_may_be_set_again(int slowness)
    {
        KeyVault.Slowness = slowness;
        await Vault.SetAsync("a", "old", Cancel);
        await Vault.DeleteAsync("a", Cancel);
        await RunClockAsync(Vault.SetAsync("a", "new", Cancel));
        Assert.Equal("new", await Vault.GetAsync("a", Cancel));
        Assert.Contains(KeyVault.Requests, r => r.Path == "/deletedsecrets/a/recover");
    }

    [Fact]
    public async Task A_conflict_that_does_not_end_is_given_up()
    {
        KeyVault.Rotate("a", "old");
        await Vault.DeleteAsync("a", Cancel);
        KeyVault.Slowness = int.MaxValue;
        var set = Vault.SetAsync("a", Secret, Cancel);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RunClockAsync(set));
        Assert.Equal((409, "Conflict"), (failure.Status, failure.ErrorCode));
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_does_not_wait_until_the_deletion_is_finished()
    {
        KeyVault.Slowness = int.MaxValue;
        KeyVault.Rotate("a", Secret);
        await Vault.DeleteAsync("a", Cancel);
        Assert.Equal(["DELETE"], KeyVault.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task Deleting_what_is_being_deleted_does_nothing()
    {
        KeyVault.Slowness = int.MaxValue;
        KeyVault.Rotate("a", Secret);
        await Vault.DeleteAsync("a", Cancel);
        await Vault.DeleteAsync("a", Cancel);
        Assert.Null(await Vault.GetAsync("a", Cancel));
    }

    [Fact]
    public async Task A_recovery_that_is_forbidden_is_told()
    {
        await Vault.SetAsync("a", "old", Cancel);
        await Vault.DeleteAsync("a", Cancel);
        KeyVault.Before = async (context, request) =>
        {
            var recovers = request.Path.EndsWith("/recover", StringComparison.Ordinal);
            if (recovers)
            {
                await FakeKeyVault.RefuseAsync(context, 403, "Forbidden", "no permission to recover");
            }

            return recovers;
        };
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Vault.SetAsync("a", Secret, Cancel));
        Assert.Equal("Key Vault answered 403 Forbidden when asked to recover 'a'.", failure.Message);
    }
}
