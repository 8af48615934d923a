using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Connections.Access;
using Millwright.Core.Identity;
using Millwright.Embedded;

namespace Millwright.Core.Tests;

/// <summary>The embedded store in a folder of its own, with a clock that the test moves.</summary>
public sealed class DomainStore : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("millwright-core-").FullName;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    public DomainStore()
    {
        Store = EmbeddedStore.Open(
            new EmbeddedOptions { Path = Path.Combine(_folder, "store.db") }, Time, _random, NullLogger<EmbeddedStore>.Instance);
        Ids = new Ids(Time, _random);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public EmbeddedStore Store { get; }

    public Ids Ids { get; }

    public AccessTokenVault AccessTokens => new(Store.Vault, Store.Tables, Time, NullLogger<AccessTokenVault>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _random.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
