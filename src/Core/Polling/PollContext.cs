using Millwright.Core.Connections;

namespace Millwright.Core.Polling;

/// <summary>What one poll of a connection works with.</summary>
/// <param name="Connection">The connection's sync.</param>
/// <param name="System">The connected system.</param>
/// <param name="WatchedByWebhooks">Whether webhooks of the connection are taken, so that others read its records at the same time.</param>
/// <param name="Until">When the poll leaves the rest to the next one, so that it ends before its message's lock and the host's patience do.</param>
/// <param name="RequestId">Under which the poll is in the log and in its events.</param>
internal sealed record PollContext(ConnectionSync Connection, IConnectedSystem System, bool WatchedByWebhooks, DateTimeOffset Until, string RequestId)
{
    /// <summary>The connection's id.</summary>
    public string ConnectionId => Connection.ConnectionId;

    /// <summary>What the application chose.</summary>
    public SyncSettings Settings => Connection.Settings;
}
