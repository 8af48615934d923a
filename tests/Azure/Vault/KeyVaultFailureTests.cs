using Azure;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tests.Loopback;
using Millwright.OnAzure.Vault;

namespace Millwright.OnAzure.Tests.Vault;

public sealed class KeyVaultFailureTests : KeyVaultTest
{
    public static TheoryData<string> Operations => ["get", "set", "delete"];

    [Fact]
    public async Task The_token_is_asked_for_in_key_vaults_own_scope()
    {
        var credential = new StaticCredential();
        await new KeyVaultVault(KeyVault.Client(credential), Time).SetAsync("a", Secret, Cancel);
        Assert.Equal(["https://vault.azure.net/.default"], credential.Scopes.Distinct());
    }

    [Fact]
    public async Task No_secret_travels_before_the_vault_has_named_its_authority()
    {
        await Vault.SetAsync("a", Secret, Cancel);
        var first = KeyVault.Server.Requests.First();
        Assert.Null(first.Header("Authorization"));
        Assert.DoesNotContain(Secret, first.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_is_waited_for()
    {
        var throttled = 0;
        KeyVault.Rotate("a", Secret);
        KeyVault.Before = async (context, _) =>
        {
            var refuse = Interlocked.Increment(ref throttled) <= 2;
            if (refuse)
            {
                context.Response.Headers.RetryAfter = "0";
                await FakeKeyVault.RefuseAsync(context, 429, "Throttled", "AKV10072: too many requests");
            }

            return refuse;
        };
        Assert.Equal(Secret, await Vault.GetAsync("a", Cancel));
        Assert.Equal(3, KeyVault.Count("GET", "a"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_refusal_is_an_exception_with_its_status(int status)
    {
        RefuseEverything(status);
        foreach (var operation in Operations)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RunAsync(operation));
            Assert.Equal((status, "Code"), (failure.Status, failure.ErrorCode));
        }
    }

    [Fact]
    public async Task A_refusal_that_echoes_the_secret_is_not_passed_on()
    {
        RefuseEverything(403);
        foreach (var operation in Operations)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RunAsync(operation));
            Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Neither_secret_nor_token_is_ever_logged()
    {
        using var log = new SdkLog();
        await Vault.SetAsync("a", Secret, Cancel);
        _ = await Vault.GetAsync("a", Cancel);
        RefuseEverything(500);
        await Assert.ThrowsAsync<RequestFailedException>(() => Vault.SetAsync("a", Secret, Cancel));
        Assert.Contains("/secrets/a", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(StaticCredential.GoodToken, log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_too_large_never_travels()
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Vault.SetAsync("a", new string('s', VaultLimits.SecretBytes + 1), Cancel));
        Assert.Empty(KeyVault.Server.Requests);
    }

    private Task RunAsync(string operation) => operation switch
    {
        "get" => Vault.GetAsync("a", Cancel),
        "set" => Vault.SetAsync("a", Secret, Cancel),
        _ => Vault.DeleteAsync("a", Cancel),
    };

    private void RefuseEverything(int status) => KeyVault.Before = async (context, _) =>
    {
        await FakeKeyVault.RefuseAsync(context, status, "Code", $"You sent {Secret}");
        return true;
    };
}
