using Microsoft.Extensions.Time.Testing;
using Millwright.OnAzure.Vault;

namespace Millwright.OnAzure.Tests.Vault;

/// <summary>A vault on a fake Key Vault and a clock that stands still.</summary>
public abstract class KeyVaultTest : IAsyncLifetime
{
    internal const string Secret = "p4ssw0rd-of-a-customer";

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeKeyVault KeyVault { get; private set; } = null!;

    private protected KeyVaultVault Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        KeyVault = await FakeKeyVault.StartAsync();
        Vault = new KeyVaultVault(KeyVault.Client(), Time);
    }

    public async ValueTask DisposeAsync()
    {
        await KeyVault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the clock run until the work is done.</summary>
    private protected async Task RunClockAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await work;
    }
}
