using System.Text.Json;
using Millwright.Core.Storage;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.ServiceBus;

/// <summary>A message.</summary>
internal sealed class MessageEvent(QueueDelivery delivery) : TriggerEvent
{
    public override object Value => delivery.Message.Body;

    public override string TraceParent => delivery.Message.Properties.GetValueOrDefault("traceparent", string.Empty);

    public override string TraceState => delivery.Message.Properties.GetValueOrDefault("tracestate", string.Empty);

    /// <summary>The data under the names of the Functions host. As there, text is itself and everything else is its JSON.</summary>
    public override IReadOnlyDictionary<string, object?> BindingData()
    {
        var properties = new Dictionary<string, string>(delivery.Message.Properties, StringComparer.Ordinal);
        AddDeadLetterProperties(properties);
        var propertiesJson = JsonSerializer.Serialize(properties);
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["MessageId"] = delivery.Message.MessageId,
            ["LockToken"] = delivery.LockToken,
            ["DeliveryCount"] = JsonSerializer.Serialize(delivery.DeliveryCount),
            ["SequenceNumber"] = JsonSerializer.Serialize(delivery.SequenceNumber),
            ["EnqueuedTimeUtc"] = JsonSerializer.Serialize(delivery.EnqueuedAt.UtcDateTime),
            ["EnqueuedTime"] = JsonSerializer.Serialize(delivery.EnqueuedAt),
            ["ApplicationProperties"] = propertiesJson,
            ["UserProperties"] = propertiesJson,
        };
        if (delivery.Message.SessionId is { } session)
        {
            data["SessionId"] = session;
        }

        return data;
    }

    /// <summary>Service Bus tells why a message is a dead letter in its application properties.</summary>
    private void AddDeadLetterProperties(Dictionary<string, string> properties)
    {
        if (delivery.DeadLetterReason is { } reason)
        {
            properties["DeadLetterReason"] = reason;
        }

        if (delivery.DeadLetterDescription is { } description)
        {
            properties["DeadLetterErrorDescription"] = description;
        }
    }
}
