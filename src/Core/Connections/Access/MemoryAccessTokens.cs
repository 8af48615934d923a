namespace Millwright.Core.Connections.Access;

/// <summary>Keeps the access token of a system that is not a connection yet, while its credentials are proved. For one client.</summary>
public sealed class MemoryAccessTokens : IAccessTokenStore
{
    /// <inheritdoc/>
    public string Owner => "a system that is being connected";

    /// <summary>What the proof obtained; null where it needed no token. It may be the only one that can be refreshed from then on.</summary>
    public AccessToken? Token { get; private set; }

    /// <inheritdoc/>
    public Task<AccessToken?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Token);

    /// <inheritdoc/>
    public Task WriteAsync(AccessToken token, CancellationToken cancellationToken)
    {
        Token = token;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IAccessTokenLease?> TryLeaseAsync(CancellationToken cancellationToken) => Task.FromResult<IAccessTokenLease?>(new Lease());

    private sealed class Lease : IAccessTokenLease
    {
        public bool HasRunOut => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
