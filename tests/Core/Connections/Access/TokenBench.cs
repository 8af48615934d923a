using Microsoft.Extensions.Logging;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Tests.Bench;
using Millwright.Testing;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>One connection's access token on the embedded store, used by as many processes as the test makes.</summary>
internal sealed class TokenBench : IAsyncDisposable
{
    public const string ConnectionId = "connection-1";
    public const string Credentials = """{"clientSecret":"s"}""";

    private readonly DomainStore _domain = new();

    private TokenBench()
    {
        Issuer = new FakeIssuer(Time);
        Vault = new ProbedVault(_domain.Store.Vault, VaultProbe);
        Tables = new ProbedTables(_domain.Store.Tables, TableProbe);
    }

    public static string SecretName { get; } = ConnectedSystems.SecretName(ConnectionId);

    public WatchedTime Time { get; } = new();

    public FakeIssuer Issuer { get; }

    public Probe VaultProbe { get; } = new();

    public Probe TableProbe { get; } = new();

    public ProbedVault Vault { get; }

    public ProbedTables Tables { get; }

    public LogLines Log { get; } = new();

    public AccessTokenVault Tokens => new(Vault, Tables, Time, new Logger<AccessTokenVault>(Log));

    public IAccessTokenStore Store => Tokens.Of(ConnectionId, SecretName, Credentials);

    public static async Task<TokenBench> StartAsync()
    {
        var bench = new TokenBench();
        await bench.Vault.SetAsync(SecretName, Credentials, TestContext.Current.CancellationToken);
        bench.VaultProbe.Reset();
        return bench;
    }

    /// <summary>The client's tokens in a process of its own.</summary>
    public AccessTokens Process() => new(Store, Issuer.IssueAsync, Time, Log);

    /// <summary>Two processes that have the same token, which is at its end.</summary>
    public async Task<(AccessTokens One, AccessTokens Other, AccessToken Old)> ExpiredAsync()
    {
        var (one, other) = (Process(), Process());
        var token = await one.GetAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(token, await other.GetAsync(null, TestContext.Current.CancellationToken));
        Time.Advance(FakeIssuer.Lifetime);
        Issuer.Requests.Clear();
        return (one, other, token);
    }

    /// <summary>Both processes, and all they have logged, know no token's text.</summary>
    public void AssertNothingLeaked() =>
        Assert.All(Log.Lines, line => Assert.DoesNotMatch("(access|refresh)-[0-9]", line));

    public async ValueTask DisposeAsync()
    {
        Log.Dispose();
        await _domain.DisposeAsync();
    }
}
