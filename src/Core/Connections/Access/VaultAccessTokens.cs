using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections.Access;

/// <summary>The access token of one connection, in the vault with the hash of the credentials that it was obtained with.</summary>
/// <remarks>
/// Reads go around the vault's cache: the token may be another process's, which has used up the refresh token of the one before.
/// </remarks>
internal sealed class VaultAccessTokens(
    string connectionId, string credentialsName, string credentialsHash, IVault vault, ITable leases, TimeProvider time, ILogger logger) : IAccessTokenStore
{
    // The plain encoder would write six characters for each + of a token, and a secret is at most 25 KB.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Owner => connectionId;

    /// <summary>Where the vault keeps the connection's access token.</summary>
    public static string SecretName(string connectionId) => $"access-{connectionId}";

    /// <inheritdoc/>
    public async Task<AccessToken?> ReadAsync(CancellationToken cancellationToken)
    {
        var secret = await vault.GetLatestAsync(SecretName(connectionId), cancellationToken);
        var stored = secret is null ? null : JsonSerializer.Deserialize<StoredToken>(secret);
        return stored?.CredentialsHash == credentialsHash ? stored.Token : null;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(AccessToken token, CancellationToken cancellationToken)
    {
        await SetAsync(token, cancellationToken);

        // Disconnecting deletes the credentials first and the token after them: whichever of the two comes last, nothing stays behind.
        if (await vault.GetLatestAsync(credentialsName, cancellationToken) is null)
        {
            await vault.DeleteAsync(SecretName(connectionId), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IAccessTokenLease?> TryLeaseAsync(CancellationToken cancellationToken) =>
        AccessTokenLease.TryTakeAsync(leases, connectionId, time, logger, cancellationToken);

    /// <summary>Stores the token of a connection that is only being made.</summary>
    public Task SetAsync(AccessToken token, CancellationToken cancellationToken) =>
        vault.SetAsync(SecretName(connectionId), JsonSerializer.Serialize(new StoredToken(credentialsHash, token), Json), cancellationToken);

    private sealed record StoredToken(string CredentialsHash, AccessToken Token);
}
