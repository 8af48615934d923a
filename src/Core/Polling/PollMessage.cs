using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>Asks for a poll of a connection.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="Watch">Where the connection stands in <see cref="DueIndex"/> meanwhile, in case nothing comes of the message.</param>
public sealed record PollMessage(string ConnectionId, DateTimeOffset Watch)
{
    /// <summary>When it was asked for.</summary>
    internal DateTimeOffset AskedAt => Watch - PollScheduler.Watch;

    /// <summary>As a message for the queue of <see cref="PollQueue"/>.</summary>
    /// <param name="due">When the connection was due: what is sent twice for the same time is there once.</param>
    public QueueMessage ToMessage(DateTimeOffset due) =>
        new($"{ConnectionId}.{due.UtcTicks:x}", JsonSerializer.Serialize(this)) { SessionId = ConnectionId };

    /// <summary>Reads what <see cref="ToMessage"/> wrote.</summary>
    public static PollMessage FromJson(string json) => JsonSerializer.Deserialize<PollMessage>(json)!;
}
