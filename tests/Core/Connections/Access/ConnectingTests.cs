using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>What becomes of the access token that the proof of credentials obtains.</summary>
public sealed class ConnectingTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();
    private readonly ProbedVault _vault;
    private readonly TokenConnector _connector;
    private readonly Probe _probe = new();

    public ConnectingTests()
    {
        _vault = new ProbedVault(_domain.Store.Vault, _probe);
        _connector = new TokenConnector(_domain.Time);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_of_the_proof_is_the_one_that_the_connection_goes_on_with()
    {
        var connection = await ConnectAsync();

        await ProveAgainAsync(connection);

        Assert.Equal([null], _connector.Issuer.Requests);
        _domain.Time.Advance(FakeIssuer.Lifetime);
        await ProveAgainAsync(connection);
        Assert.Equal([null, "refresh-1"], _connector.Issuer.Requests);
    }

    [Fact]
    public async Task A_proof_that_fails_leaves_nothing_behind()
    {
        _connector.Failure = new ApiException(ErrorCode.PermissionDenied, "No.");

        await Assert.ThrowsAsync<ApiException>(ConnectAsync);

        Assert.Single(_connector.Issuer.Requests);
        Assert.Equal(0, _probe.Writes);
    }

    [Fact]
    public async Task Disconnecting_takes_the_token_along()
    {
        var connection = await ConnectAsync();
        var name = VaultAccessTokens.SecretName(connection.Id);
        Assert.NotNull(await _vault.GetAsync(name, Ct));

        await Service().DisconnectAsync(connection, Ct);

        Assert.Null(await _vault.GetAsync(name, Ct));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private async Task<Connection> ConnectAsync() =>
        (await Service().ConnectAsync("application-1", new ConnectionRequest("fake", "A customer", "", new Dictionary<string, string>()), null, Ct)).Connection;

    private async Task ProveAgainAsync(Connection connection) =>
        await (await Bench().Systems.GetAsync(connection.Identity, Ct)).ProveAsync(Ct);

    private ConnectionService Service() => Bench().Connections;

    private ConnectionBench Bench() => new(_domain, _connector, _vault);

    /// <summary>A connector whose proof needs an access token, and can fail after it has one.</summary>
    private sealed class TokenConnector(TimeProvider time) : IConnector, IConnectorCatalogue
    {
        public FakeIssuer Issuer { get; } = new(time);

        public ApiException? Failure { get; set; }

        public Platform Platform { get; } = new("fake", "Fake", ["erp"], [], "", new Dictionary<string, EntityCapability>());

        public IWebhookFormat? Webhooks => null;

        public IReadOnlyList<IConnector> All => [this];

        public IConnector? Find(string provider) => this;

        public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens) =>
            new TokenSystem(this, new AccessTokens(tokens, Issuer.IssueAsync, time, NullLogger.Instance));
    }

    private sealed class TokenSystem(TokenConnector owner, AccessTokens tokens) : IConnectedSystem
    {
        public async Task ProveAsync(CancellationToken cancellationToken)
        {
            await tokens.GetAsync(null, cancellationToken);
            if (owner.Failure is { } failure)
            {
                throw failure;
            }
        }

        public Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
