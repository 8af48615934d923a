using System.Text.Json;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Webhooks;

/// <summary>A webhook as it waits to be sent: what changed, as it was at that moment.</summary>
/// <param name="Id">The same each time it is sent.</param>
/// <param name="Kind">One of the constants of <see cref="Change"/>.</param>
/// <param name="Collection">The record's collection.</param>
/// <param name="RecordId">The record.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="Record">The record as GET answered it then; null where the webhook carries none.</param>
internal sealed record WebhookMessage(string Id, string Kind, string Collection, string RecordId, DateTimeOffset OccurredAt, byte[]? Record)
{
    /// <summary>Its place in the order of changes, which the database gives.</summary>
    public long Version { get; init; }

    /// <summary>What is posted: the same bytes each time.</summary>
    public byte[] Body()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", Collection + "." + Kind);
            writer.WriteString("collection", Collection);
            writer.WriteString("id", RecordId);
            writer.WriteNumber("version", Version);
            writer.WriteString("occurred_at", WireFormat.Instant(OccurredAt));
            if (Record is not null)
            {
                writer.WritePropertyName("record");
                writer.WriteRawValue(Record, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
