using Millwright.Core.Connections.Health;
using Millwright.Core.Identity;

namespace Millwright.Core.Connections.Raw;

/// <summary>Lets the holder of a connection's token into the connected system's own API and tables.</summary>
public sealed class RawAccess(ConnectedSystems systems)
{
    /// <summary>Sends a request of the caller's to the connected system.</summary>
    /// <exception cref="Errors.ApiException"><c>UNSUPPORTED_OPERATION</c>: the connector does not let requests through. See also <see cref="IPassthrough.SendAsync"/>.</exception>
    public async Task<PassthroughResponse> SendAsync(TokenGrant grant, PassthroughRequest request, CancellationToken cancellationToken) =>
        await (await SystemAsync(grant, cancellationToken)).SendAsync(request, cancellationToken);

    /// <summary>The connected system's tables.</summary>
    /// <exception cref="Errors.ApiException"><c>UNSUPPORTED_OPERATION</c>: the connector shows none. See also <see cref="IRawTables.ListTablesAsync"/>.</exception>
    public async Task<IReadOnlyList<RawTable>> ListTablesAsync(TokenGrant grant, CancellationToken cancellationToken) =>
        await (await SystemAsync(grant, cancellationToken)).ListTablesAsync(cancellationToken);

    /// <summary>A page of a table.</summary>
    /// <exception cref="Errors.ApiException"><c>UNSUPPORTED_OPERATION</c>: the connector shows none. See also <see cref="IRawTables.ReadTableAsync"/>.</exception>
    public async Task<RawPage> ReadTableAsync(TokenGrant grant, RawTableRequest request, CancellationToken cancellationToken) =>
        await (await SystemAsync(grant, cancellationToken)).ReadTableAsync(request, cancellationToken);

    private Task<WatchedSystem> SystemAsync(TokenGrant grant, CancellationToken cancellationToken) => systems.GetWatchedAsync(ConnectionIdentity.Of(grant), cancellationToken);
}
