using Microsoft.Extensions.Logging;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections.Access;

/// <summary>The access tokens of all connections, in the vault; who may replace one is told by a row of <c>AccessTokenLeases</c>.</summary>
public sealed class AccessTokenVault(IVault vault, ITableStore tables, TimeProvider time, ILogger<AccessTokenVault> logger)
{
    private readonly ITable _leases = tables.Table("AccessTokenLeases");

    /// <summary>The place of one connection's token.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="secretName">Where the vault keeps its credentials; once they are gone, no token is kept any more.</param>
    /// <param name="credentials">Its credentials, as they are in the vault: a token that was obtained with others counts as absent.</param>
    public IAccessTokenStore Of(string connectionId, string secretName, string credentials) => Place(connectionId, secretName, credentials);

    /// <summary>Stores the token that the proof of the credentials obtained, if any.</summary>
    public async Task KeepAsync(string connectionId, string secretName, string credentials, AccessToken? token, CancellationToken cancellationToken)
    {
        if (token is not null)
        {
            await Place(connectionId, secretName, credentials).SetAsync(token, cancellationToken);
        }
    }

    /// <summary>Deletes the connection's token; its credentials have to be gone by then.</summary>
    public async Task DeleteAsync(string connectionId, CancellationToken cancellationToken)
    {
        await vault.DeleteAsync(VaultAccessTokens.SecretName(connectionId), cancellationToken);
        await AccessTokenLease.DeleteAsync(_leases, connectionId, cancellationToken);
    }

    private VaultAccessTokens Place(string connectionId, string secretName, string credentials) =>
        new(connectionId, secretName, SecretHash.Of(credentials), vault, _leases, time, logger);
}
