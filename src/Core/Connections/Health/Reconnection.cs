using Microsoft.Extensions.Logging;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections.Health;

/// <summary>Gives a connection new credentials. All else of it stays: its id, tokens, notes and webhooks.</summary>
public sealed class Reconnection(
    IConnectorCatalogue connectors, ConnectedSystems systems, ConnectionHealthService health, SyncService syncs, AccessTokenVault accessTokens, IVault vault, Ids ids, ILogger<Reconnection> logger)
{
    /// <summary>
    /// Proves the credentials against the live system, then stores them in the vault, then puts them into use. Nothing changes unless the proof
    /// holds. They may be the same as before: the customer may have unlocked the account.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="credentials">All of them. They are not completed from those before: an address that changed must not be sent the old secret.</param>
    /// <param name="cancellationToken">Cancels before they are stored.</param>
    /// <returns>The health from then on.</returns>
    /// <exception cref="ApiException">
    /// <c>VALIDATION_FAILED</c> names every field that is wrong; <c>AUTHENTICATION_FAILED</c> and the source errors come from the proof;
    /// <c>CONNECTION_NOT_FOUND</c>: it was disconnected meanwhile.
    /// </exception>
    public async Task<ConnectionHealth> ReconnectAsync(
        Connection connection, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var connector = CredentialChecks.Check(connectors, connection.Provider, credentials);
        var accessToken = await CredentialChecks.ProveAsync(connector, credentials, cancellationToken);

        // Under a name of their own, so that no cache of the vault can answer with those before. Begun is ended, even if the caller goes.
        var name = ids.New();
        var secret = ConnectedSystems.Serialize(credentials);
        var secretName = ConnectedSystems.SecretName(connection.Id, name);
        await vault.SetAsync(secretName, secret, CancellationToken.None);
        if (await health.ReconnectedAsync(connection.Identity, name) is not var (before, after))
        {
            await vault.DeleteAsync(secretName, CancellationToken.None);
            throw new ApiException(ErrorCode.ConnectionNotFound, "The connection was taken away meanwhile.");
        }

        await accessTokens.KeepAsync(connection.Id, secretName, secret, accessToken, CancellationToken.None);
        systems.Forget(connection.Id);
        await syncs.ResumeAsync(connection.Id, CancellationToken.None);
        await vault.DeleteAsync(ConnectedSystems.SecretName(connection.Id, before.Credentials), CancellationToken.None);
        logger.LogInformation("Reconnected connection {ConnectionId}", connection.Id);
        return after;
    }
}
