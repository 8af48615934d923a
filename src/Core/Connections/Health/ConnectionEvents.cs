using System.Text.Json;
using Millwright.Core.Events;

namespace Millwright.Core.Connections.Health;

/// <summary>Writes the events of a connection's status.</summary>
internal static class ConnectionEvents
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The events of a change: that it is one, and that reauthorization is required where that is so.</summary>
    /// <remarks>
    /// Their ids are made of the change's number and status, so that a change that is told again, after a crash or by another process, is the same one.
    /// </remarks>
    public static IEnumerable<FeedEvent> Of(ConnectionIdentity connection, ConnectionStatus before, ConnectionHealth after, DateTimeOffset now)
    {
        yield return Event(EventType.ConnectionStatusChanged);
        if (after.Status == ConnectionStatus.ReauthorizationRequired)
        {
            // The feed puts events in order by their times.
            yield return Event(EventType.ConnectionReauthorizationRequired) with { At = now.AddTicks(1) };
        }

        FeedEvent Event(string type) => Of(IdOf(type, connection, after), type, connection, before, after, now);
    }

    /// <summary>One event, under an id of its own.</summary>
    public static FeedEvent Of(string id, string type, ConnectionIdentity connection, ConnectionStatus before, ConnectionHealth after, DateTimeOffset now)
    {
        var json = EventJson.Of(
            id,
            type,
            now,
            json =>
            {
                json.WriteString("connectionId", connection.Id);
                json.WriteString("provider", connection.Provider);
                json.WriteNumber("sequence", after.Sequence);
            },
            JsonSerializer.SerializeToUtf8Bytes(DataOf(before, after), Options));
        return new FeedEvent(id, type, now, connection.ApplicationId, connection.Id, json);
    }

    private static object DataOf(ConnectionStatus before, ConnectionHealth after) => new
    {
        status = ConnectionHealth.NameOf(after.Status),
        previousStatus = ConnectionHealth.NameOf(before),
        since = after.Since?.UtcDateTime,
        reason = after.Reason,
    };

    private static string IdOf(string type, ConnectionIdentity connection, ConnectionHealth after) =>
        EventId.Of($"{type}\n{connection.Id}\n{after.Sequence}\n{ConnectionHealth.NameOf(after.Status)}");
}
