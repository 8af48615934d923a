using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Delivering;

/// <summary>One try of a delivery, on the queue. It names the delivery, whose row has the event: an event may be larger than a message.</summary>
/// <param name="ApplicationId">Whose endpoint it is.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Round">The delivery's round.</param>
/// <param name="Try">Which try of the round it is, from 1.</param>
/// <param name="Setbacks">How often it was put off: Millwright itself failed, or the endpoint failed and had enough to do.</param>
internal sealed record DeliveryMessage(string ApplicationId, string EndpointId, string DeliveryId, int Round, int Try, int Setbacks = 0)
{
    /// <summary>What the queue tells its repetitions by: at most 120 characters.</summary>
    [JsonIgnore]
    public string MessageId => FormattableString.Invariant($"{EndpointId}-{DeliveryId}-{Round}-{Try}") + (Setbacks == 0 ? "" : FormattableString.Invariant($"-{Setbacks}"));

    public static DeliveryMessage Parse(string text) => JsonSerializer.Deserialize<DeliveryMessage>(text)
        ?? throw new JsonException("The message is empty.");

    public QueueMessage At(DateTimeOffset? time) => new(MessageId, JsonSerializer.Serialize(this)) { ScheduledAt = time };
}
