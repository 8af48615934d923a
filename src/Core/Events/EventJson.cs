using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millwright.Core.Events;

/// <summary>Writes an event as the API shows it.</summary>
internal static class EventJson
{
    // As compact and as little escaped as JavaScript writes it, for receivers that check a signature over what they wrote anew.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event's JSON.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="fields">Named texts that stand before the data; those that are null are left out.</param>
    /// <param name="data">The data, as JSON.</param>
    public static byte[] Of(string id, string type, DateTimeOffset at, IEnumerable<(string Name, string? Text)> fields, string data)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("createdAt", at.UtcDateTime);
            foreach (var (name, text) in fields.Where(f => f.Text is not null))
            {
                json.WriteString(name, text);
            }

            json.WritePropertyName("data");
            json.WriteRawValue(data);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
