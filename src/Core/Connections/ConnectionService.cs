using Microsoft.Extensions.Logging;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Health;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Connections;

/// <summary>Connects systems and takes them away again.</summary>
public sealed class ConnectionService(
    IConnectorCatalogue connectors,
    ConnectionStore connections,
    ConnectedSystems systems,
    ConnectionHealthService health,
    Tokens tokens,
    WebhookSubscriptions subscriptions,
    SyncService syncs,
    IVault vault,
    AccessTokenVault accessTokens,
    Ids ids,
    TimeProvider time,
    ILogger<ConnectionService> logger)
{
    /// <summary>
    /// Proves the credentials against the live system, then stores them in the vault, then the connection, then issues its token.
    /// Nothing is stored unless the proof holds; an access token that it obtained is kept, since it may have used up the one given.
    /// </summary>
    /// <exception cref="ApiException">
    /// <c>VALIDATION_FAILED</c> names every field that is wrong; <c>AUTHENTICATION_FAILED</c> and the source errors come from the proof.
    /// </exception>
    public async Task<(Connection Connection, IssuedToken Token)> ConnectAsync(
        string applicationId, ConnectionRequest request, TimeSpan? tokenLifetime, CancellationToken cancellationToken)
    {
        var connector = CredentialChecks.Check(connectors, request.Provider, request.Credentials);
        var accessToken = await CredentialChecks.ProveAsync(connector, request.Credentials, cancellationToken);

        var connection = new Connection(ids.New(), applicationId, connector.Platform.Provider, request.Name, request.Email, time.GetUtcNow());

        // Begun is ended, even if the caller goes: a secret without its connection could never be deleted.
        var credentials = ConnectedSystems.Serialize(request.Credentials);
        var secretName = ConnectedSystems.SecretName(connection.Id);
        await vault.SetAsync(secretName, credentials, CancellationToken.None);
        await accessTokens.KeepAsync(connection.Id, secretName, credentials, accessToken, CancellationToken.None);
        await connections.AddAsync(connection, CancellationToken.None);
        await syncs.BeginAsync(connection, CancellationToken.None);
        var token = await IssueTokenAsync(connection, tokenLifetime, CancellationToken.None);
        logger.LogInformation("Connected {Provider} as connection {ConnectionId}", connection.Provider, connection.Id);
        return (connection, token);
    }

    /// <summary>The connection.</summary>
    /// <exception cref="ApiException"><c>CONNECTION_NOT_FOUND</c>.</exception>
    public async Task<Connection> GetAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        (id.Length <= TableLimits.KeyLength / 8 ? await connections.FindAsync(applicationId, id, cancellationToken) : null)
        ?? throw new ApiException(ErrorCode.ConnectionNotFound, "There is no connection with this id.");

    /// <summary>The application's connections, the oldest first.</summary>
    public IAsyncEnumerable<Connection> ListAsync(string applicationId, CancellationToken cancellationToken) =>
        connections.ListAsync(applicationId, cancellationToken);

    /// <summary>Issues another token for the connection.</summary>
    public Task<IssuedToken> IssueTokenAsync(Connection connection, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        tokens.IssueAsync(
            new TokenGrant(TokenKind.Connection, connection.ApplicationId, connection.Id, connection.Provider), lifetime, cancellationToken);

    /// <summary>Revokes the connection's tokens, all or all but one, at once.</summary>
    public Task RevokeTokensAsync(Connection connection, string? except, CancellationToken cancellationToken) =>
        tokens.RevokeAsync(connection.Id, except, cancellationToken);

    /// <summary>Sets entries of the connection's metadata and keeps the others.</summary>
    /// <returns>The connection as it is then.</returns>
    /// <exception cref="ApiException"><c>CONNECTION_NOT_FOUND</c>; <c>VALIDATION_FAILED</c>: more metadata than fits.</exception>
    public async Task<Connection> SetMetadataAsync(
        string applicationId, string id, IReadOnlyDictionary<string, string> entries, CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await GetAsync(applicationId, id, cancellationToken);
            var metadata = connection.Metadata.Concat(entries).GroupBy(e => e.Key).ToDictionary(e => e.Key, e => e.Last().Value);
            if (metadata.Sum(e => e.Key.Length + e.Value.Length + 1) > MetadataLimit)
            {
                throw new ApiException(ErrorCode.ValidationFailed, $"A connection's metadata is at most {MetadataLimit} characters in all, one more counted for each entry.");
            }

            var changed = connection with { Metadata = metadata, UpdatedAt = time.GetUtcNow() };
            if (await connections.TryReplaceAsync(changed, cancellationToken))
            {
                return changed;
            }
        }
    }

    /// <summary>
    /// Disconnects: tokens, webhooks and polls first, so that no call can begin; then the credentials and the access token; then the client, which no
    /// call can open again without them; then the connection; then its health, which nothing can write again by then. Begun is ended, even if the caller
    /// goes: the token that asked for it may be revoked by then.
    /// </summary>
    public async Task DisconnectAsync(Connection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await tokens.RevokeAsync(connection.Id, null, CancellationToken.None);
        await subscriptions.DeleteAsync(connection.Id, CancellationToken.None);
        await syncs.EndAsync(connection.Id, CancellationToken.None);
        var credentials = (await health.GetAsync(connection.Identity, CancellationToken.None)).Credentials;
        await vault.DeleteAsync(ConnectedSystems.SecretName(connection.Id, credentials), CancellationToken.None);
        await accessTokens.DeleteAsync(connection.Id, CancellationToken.None);
        systems.Forget(connection.Id);
        await connections.DeleteAsync(connection.ApplicationId, connection.Id, CancellationToken.None);
        await health.DeleteAsync(connection.Identity);
        logger.LogInformation("Disconnected connection {ConnectionId}", connection.Id);
    }

    // Of what is stored as JSON, every character may be escaped as six and an entry has six of its own: within a table property's 64 KiB.
    private const int MetadataLimit = 5_000;
}
