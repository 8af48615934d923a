using System.Text.Encodings.Web;
using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Delivering;

/// <summary>Deliveries as table rows: a partition an endpoint, the newest first.</summary>
internal static class DeliveryRows
{
    // A try in JSON is at most a few KB, so that all that are kept fit one property as bytes.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TableRow ToRow(DeliveryRecord delivery)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["EventId"] = delivery.EventId,
            ["Type"] = delivery.Type,
            ["At"] = delivery.At,
            ["State"] = delivery.State.ToString(),
            ["Round"] = (long)delivery.Round,
            ["Tries"] = (long)delivery.Tries,
            ["Attempts"] = JsonSerializer.SerializeToUtf8Bytes(delivery.Attempts, Options),
        };
        AddIfKnown(properties, "ConnectionId", delivery.ConnectionId);
        AddIfKnown(properties, "FirstTryAt", delivery.FirstTryAt);
        AddIfKnown(properties, "NextTryAt", delivery.NextTryAt);
        AddIfKnown(properties, "Blob", delivery.Blob);
        AddIfKnown(properties, "Json", delivery.Blob is null ? delivery.Json.ToArray() : null);
        return new TableRow(delivery.EndpointId, delivery.Id) { ETag = delivery.ETag, Properties = properties };
    }

    public static DeliveryRecord FromRow(TableRow row) =>
        new(row.RowKey, row.PartitionKey, row.Text("EventId")!, row.Text("Type")!, row.Time("At")!.Value)
        {
            ConnectionId = row.Text("ConnectionId"),
            State = Enum.Parse<DeliveryState>(row.Text("State")!),
            Round = (int)row.Number("Round")!.Value,
            Tries = (int)row.Number("Tries")!.Value,
            FirstTryAt = row.Time("FirstTryAt"),
            NextTryAt = row.Time("NextTryAt"),
            Attempts = JsonSerializer.Deserialize<List<DeliveryAttempt>>(row.Bytes("Attempts"), Options)!,
            Blob = row.Text("Blob"),
            Json = row.Bytes("Json"),
            ETag = row.ETag,
        };

    private static void AddIfKnown(Dictionary<string, object> properties, string name, object? value)
    {
        if (value is not null)
        {
            properties[name] = value;
        }
    }
}
