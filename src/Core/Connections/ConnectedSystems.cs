using System.Collections.Concurrent;
using System.Text.Json;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections;

/// <summary>The clients of the connected systems, one a connection, so that its limits hold over all calls of this process.</summary>
/// <remarks>
/// A client that is replaced because its credentials changed is not disposed, since calls may be under way on it; its idle sockets
/// close by themselves.
/// </remarks>
public sealed class ConnectedSystems(IConnectorCatalogue connectors, IVault vault, AccessTokenVault accessTokens)
{
    private readonly ConcurrentDictionary<string, (string CredentialsHash, IConnectedSystem System)> _systems = new(StringComparer.Ordinal);

    /// <summary>Where the vault keeps the connection's credentials.</summary>
    public static string SecretName(string connectionId) => $"connection-{connectionId}";

    /// <summary>The client. Reads the credentials from the vault on every call, so that changed ones are seen; the vault caches.</summary>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c>: the vault no longer has the credentials.</exception>
    public async Task<IConnectedSystem> GetAsync(string connectionId, string provider, CancellationToken cancellationToken)
    {
        var secret = await vault.GetAsync(SecretName(connectionId), cancellationToken)
            ?? throw new ApiException(ErrorCode.AuthenticationFailed, "The connection's credentials are gone. Connect the system again.");
        var hash = SecretHash.Of(secret);
        if (_systems.TryGetValue(connectionId, out var open) && open.CredentialsHash == hash)
        {
            return open.System;
        }

        var connector = connectors.Find(provider)
            ?? throw new ApiException(ErrorCode.InternalError, $"This installation no longer has a connector for '{provider}'.");

        // Two first calls at once may both open a client; opening touches nothing, and only the one kept is used.
        return _systems.AddOrUpdate(
            connectionId,
            _ => (hash, Open()),
            (_, current) => current.CredentialsHash == hash ? current : (hash, Open())).System;

        IConnectedSystem Open() => connector.Open(Deserialize(secret), accessTokens.Of(connectionId, secret));
    }

    /// <summary>Lets go of the connection's client.</summary>
    public void Forget(string connectionId) => _systems.TryRemove(connectionId, out _);

    internal static string Serialize(IReadOnlyDictionary<string, string> credentials) => JsonSerializer.Serialize(credentials);

    private static Dictionary<string, string> Deserialize(string secret) => JsonSerializer.Deserialize<Dictionary<string, string>>(secret)!;
}
