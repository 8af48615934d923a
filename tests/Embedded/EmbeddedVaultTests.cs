using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.Embedded.Tests;

public sealed class EmbeddedVaultTests : VaultConformance, IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IVault Vault => _store.Store.Vault;

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
