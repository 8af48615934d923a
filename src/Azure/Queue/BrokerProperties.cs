using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Queue;

/// <summary>The header that carries Service Bus's own properties of a message: JSON in ASCII, whatever an id holds.</summary>
internal sealed partial record BrokerProperties(string MessageId, string? SessionId, string? ScheduledEnqueueTimeUtc)
{
    internal static string Of(QueueMessage message) => JsonSerializer.Serialize(
        new BrokerProperties(message.MessageId, message.SessionId, message.ScheduledAt is { } time ? WholeSeconds(time).ToString("r") : null),
        Json.Default.BrokerProperties);

    /// <summary>The header knows seconds only; rounding up keeps the promise that nothing is handed out before its time.</summary>
    private static DateTimeOffset WholeSeconds(DateTimeOffset time)
    {
        var rest = time.UtcTicks % TimeSpan.TicksPerSecond;
        return new DateTimeOffset(time.UtcTicks, TimeSpan.Zero).AddTicks(rest == 0 ? 0 : TimeSpan.TicksPerSecond - rest);
    }

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(BrokerProperties))]
    private sealed partial class Json : JsonSerializerContext;
}
