using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Embedded.Queues;

/// <summary>A message as it is bound.</summary>
internal sealed record StoredMessage(string MessageId, string? SessionId, string Body, string Properties)
{
    public static StoredMessage Of(QueueMessage message) =>
        new(message.MessageId, message.SessionId, message.Body, JsonSerializer.Serialize(message.Properties));

    public QueueMessage ToMessage() => new(MessageId, Body)
    {
        SessionId = SessionId,
        Properties = JsonSerializer.Deserialize<Dictionary<string, string>>(Properties)!,
    };
}
