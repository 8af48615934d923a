using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Embedded;

namespace Millwright.Connectors.Tests.Protocols.OAuth;

/// <summary>Two processes with one connection, against a system that would notice a refresh token that comes twice.</summary>
public sealed class OAuthProcessTests : IAsyncLifetime
{
    private const string Id = "connection-1";
    private const string Credentials = "{}";
    private readonly string _folder = Directory.CreateTempSubdirectory("millwright-oauth-").FullName;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private OAuthExample _sandbox = null!;
    private EmbeddedStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await OAuthExample.StartAsync();
        _store = EmbeddedStore.Open(
            new EmbeddedOptions { Path = Path.Combine(_folder, "store.db") }, TimeProvider.System, _random, NullLogger<EmbeddedStore>.Instance);
        await _store.Vault.SetAsync(ConnectedSystems.SecretName(Id), Credentials, Ct);
    }

    [Fact]
    public async Task Processes_that_find_the_token_at_its_end_together_never_refresh_it_twice()
    {
        var refreshToken = await _sandbox.FirstRefreshTokenAsync();
        await using var one = Process(refreshToken);
        await using var other = Process(refreshToken);
        await one.ProveAsync(Ct);
        await other.ProveAsync(Ct);

        for (var (round, looks) = (0, 0); round < 5; round++)
        {
            var before = await StoredAsync();
            _sandbox.Advance(TimeSpan.FromHours(1));
            var calls = Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(() => OAuthExample.ListAsync(n % 2 == 0 ? one : other))));

            // Who came too late for the lease looks again after a second, by when the other one shall be done.
            if (await Task.WhenAny(calls, _sandbox.Time.WaitOf(AccessTokens.PollInterval, looks + 1)) != calls)
            {
                looks++;
                while (await StoredAsync() == before)
                {
                    await Task.Yield();
                    Ct.ThrowIfCancellationRequested();
                }

                _sandbox.Time.Advance(AccessTokens.PollInterval);
            }

            await calls;
        }

        Assert.Equal((6, 6 + 2 + 500), await _sandbox.CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _sandbox.DisposeAsync();
        _random.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string?> StoredAsync() => _store.Vault.GetLatestAsync($"access-{Id}", Ct);

    private IConnectedSystem Process(string refreshToken) => _sandbox.Open(
        OAuthExample.ByRefreshToken,
        new AccessTokenVault(_store.Vault, _store.Tables, _sandbox.Time, new Logger<AccessTokenVault>(_sandbox.Log)).Of(Id, ConnectedSystems.SecretName(Id), Credentials),
        refreshToken);
}
