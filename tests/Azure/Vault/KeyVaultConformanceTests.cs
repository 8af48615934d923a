using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Storage;
using Millwright.OnAzure.Vault;
using Millwright.Testing.Storage;

namespace Millwright.OnAzure.Tests.Vault;

public sealed class KeyVaultConformanceTests : VaultConformance, IAsyncLifetime
{
    private FakeKeyVault? _keyVault;
    private IVault? _vault;

    protected override IVault Vault => _vault!;

    public async ValueTask InitializeAsync()
    {
        _keyVault = await FakeKeyVault.StartAsync();
        _vault = new KeyVaultVault(_keyVault.Client(), new FakeTimeProvider());
    }

    public ValueTask DisposeAsync() => _keyVault!.DisposeAsync();
}
