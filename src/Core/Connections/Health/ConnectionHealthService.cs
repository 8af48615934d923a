using Microsoft.Extensions.Logging;
using Millwright.Core.Events;

namespace Millwright.Core.Connections.Health;

/// <summary>Keeps each connection's health, and tells of every change of its status.</summary>
public sealed class ConnectionHealthService(
    ConnectionHealthStore store, ConnectionStore connections, HealthCache cache, IEventLog events, TimeProvider time, ILogger<ConnectionHealthService> logger)
{
    /// <summary>The connection's health, as it is stored.</summary>
    public Task<ConnectionHealth> GetAsync(ConnectionIdentity connection, CancellationToken cancellationToken) =>
        store.GetAsync(connection.ApplicationId, connection.Id, cancellationToken);

    /// <summary>Takes in what calls came to, in their order.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="credentials">The credentials that they were made with; results of earlier ones than the present say nothing.</param>
    /// <param name="results">The results.</param>
    /// <returns>The health that follows.</returns>
    public async Task<ConnectionHealth> ReportAsync(ConnectionIdentity connection, string? credentials, IReadOnlyCollection<UpstreamResult> results)
    {
        var (_, after) = await ChangeAsync(
            connection,
            (known, now) => known.Credentials == credentials ? results.Aggregate(known, (health, result) => HealthMachine.Next(health, result, now)) : known);
        return after;
    }

    /// <summary>Whether the result says anything new, after what is known.</summary>
    public bool IsNew(ConnectionHealth known, UpstreamResult result) => !ReferenceEquals(HealthMachine.Next(known, result, time.GetUtcNow()), known);

    /// <summary>The system took new credentials.</summary>
    /// <returns>The health before, which says which credentials are out of use now, and after; null if the connection was taken away meanwhile.</returns>
    public async Task<(ConnectionHealth Before, ConnectionHealth After)?> ReconnectedAsync(ConnectionIdentity connection, string credentials)
    {
        var change = await ChangeAsync(connection, (known, now) => HealthMachine.Reconnected(known, credentials, now));
        return change.After.Credentials == credentials ? change : null;
    }

    /// <summary>The connection is gone.</summary>
    public async Task DeleteAsync(ConnectionIdentity connection)
    {
        await store.DeleteAsync(connection.ApplicationId, connection.Id, CancellationToken.None);
        cache.Forget(connection.Id);
    }

    // Begun is ended, even if the caller goes: a change that was told of has to be stored.
    private async Task<(ConnectionHealth Before, ConnectionHealth After)> ChangeAsync(
        ConnectionIdentity connection, Func<ConnectionHealth, DateTimeOffset, ConnectionHealth> change)
    {
        while (true)
        {
            var known = await store.GetAsync(connection.ApplicationId, connection.Id, CancellationToken.None);
            var now = time.GetUtcNow();
            var next = change(known, now);
            if (ReferenceEquals(next, known) || (known.ETag is null && await IsGoneAsync(connection)))
            {
                cache.Set(connection, known);
                return (known, known);
            }

            if (next.Status != known.Status)
            {
                await TellAsync(connection, known.Status, next, now);
            }

            if (await store.TryWriteAsync(connection.ApplicationId, connection.Id, next, CancellationToken.None) is { } stored)
            {
                cache.Set(connection, stored);
                return (known, stored);
            }
        }
    }

    // A call may end after its connection was taken away; what it came to must not be left behind.
    private async Task<bool> IsGoneAsync(ConnectionIdentity connection) =>
        await connections.FindAsync(connection.ApplicationId, connection.Id, CancellationToken.None) is null;

    // The event first: one that is appended twice is one, and a change without one would never be told.
    private async Task TellAsync(ConnectionIdentity connection, ConnectionStatus before, ConnectionHealth next, DateTimeOffset now)
    {
        foreach (var happened in ConnectionEvents.Of(connection, before, next, now))
        {
            await events.AppendAsync(happened, CancellationToken.None);
        }

        HealthMetrics.StatusChanged(next.Status);
        logger.Log(
            next.Status == ConnectionStatus.Online ? LogLevel.Information : LogLevel.Warning,
            "Connection {ConnectionId} is {Status}, after {Previous}: {Reason}",
            connection.Id,
            ConnectionHealth.NameOf(next.Status),
            ConnectionHealth.NameOf(before),
            next.Reason?.Message);
    }
}
