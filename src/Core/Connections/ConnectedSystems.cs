using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Health;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections;

/// <summary>The clients of the connected systems, one a connection, so that its limits hold over all calls of this process.</summary>
/// <remarks>
/// A client that is replaced because its credentials changed is not disposed, since calls may be under way on it; its idle sockets
/// close by themselves.
/// </remarks>
public sealed class ConnectedSystems(
    IConnectorCatalogue connectors, IVault vault, AccessTokenVault accessTokens, HealthCache healthCache, ConnectionHealthService health, TimeProvider time, ILogger<ConnectedSystems> logger)
{
    private readonly ConcurrentDictionary<string, (string CredentialsHash, WatchedSystem System)> _systems = new(StringComparer.Ordinal);

    /// <summary>Where the vault keeps a connection's credentials.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="credentials">Which of its credentials: see <see cref="ConnectionHealth.Credentials"/>.</param>
    public static string SecretName(string connectionId, string? credentials = null) =>
        credentials is null ? $"connection-{connectionId}" : $"connection-{connectionId}-{credentials}";

    /// <summary>
    /// The client. Its calls are watched: see <see cref="WatchedSystem"/>. Reads the credentials from the vault on every call, so that changed ones
    /// are seen; the vault caches.
    /// </summary>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c>: the vault no longer has the credentials.</exception>
    public async Task<IConnectedSystem> GetAsync(ConnectionIdentity connection, CancellationToken cancellationToken) =>
        await GetWatchedAsync(connection, cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, with what only some systems offer.</summary>
    internal async Task<WatchedSystem> GetWatchedAsync(ConnectionIdentity connection, CancellationToken cancellationToken)
    {
        var (credentials, secret) = await ReadAsync(connection, cancellationToken);
        var hash = SecretHash.Of($"{credentials}\n{secret}");
        if (_systems.TryGetValue(connection.Id, out var open) && open.CredentialsHash == hash)
        {
            return open.System;
        }

        // Two first calls at once may both open a client; opening touches nothing, and only the one kept is used.
        (string CredentialsHash, WatchedSystem System) opened = (hash, Open(connection, credentials, secret));
        return _systems.AddOrUpdate(connection.Id, opened, (_, current) => current.CredentialsHash == hash ? current : opened).System;
    }

    /// <summary>Lets go of the connection's client.</summary>
    public void Forget(string connectionId) => _systems.TryRemove(connectionId, out _);

    internal static string Serialize(IReadOnlyDictionary<string, string> credentials) => JsonSerializer.Serialize(credentials);

    private static Dictionary<string, string> Deserialize(string secret) => JsonSerializer.Deserialize<Dictionary<string, string>>(secret)!;

    private WatchedSystem Open(ConnectionIdentity connection, string? credentials, string secret)
    {
        var connector = connectors.Find(connection.Provider)
            ?? throw new ApiException(ErrorCode.InternalError, $"This installation no longer has a connector for '{connection.Provider}'.");
        return new WatchedSystem(connection, credentials, OpenPlain(), new CredentialProof(OpenPlain, time, logger), healthCache, health, logger);

        IConnectedSystem OpenPlain() => connector.Open(Deserialize(secret), accessTokens.Of(connection.Id, SecretName(connection.Id, credentials), secret));
    }

    private async Task<(string? Credentials, string Secret)> ReadAsync(ConnectionIdentity connection, CancellationToken cancellationToken)
    {
        var known = (await healthCache.GetAsync(connection, cancellationToken)).Credentials;
        if (await vault.GetAsync(SecretName(connection.Id, known), cancellationToken) is { } secret)
        {
            return (known, secret);
        }

        // Another process may just have put new ones in their place.
        healthCache.Forget(connection.Id);
        var present = (await healthCache.GetAsync(connection, cancellationToken)).Credentials;
        return present != known && await vault.GetAsync(SecretName(connection.Id, present), cancellationToken) is { } replacement
            ? (present, replacement)
            : throw new ApiException(ErrorCode.AuthenticationFailed, "The connection's credentials are gone. Reconnect it.");
    }
}
