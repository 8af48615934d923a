using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millwright.Core.Events;

/// <summary>Writes events as the API shows them: <c>id</c>, <c>type</c>, <c>createdAt</c>, what else there is to say, <c>data</c>.</summary>
internal static class EventJson
{
    // As compact and as little escaped as JavaScript writes it, for receivers that check a signature over what they wrote anew.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An event's JSON.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="data">The data, as JSON.</param>
    public static byte[] Of(string id, string type, DateTimeOffset at, string data) =>
        Of(id, type, at, _ => { }, System.Text.Encoding.UTF8.GetBytes(data));

    /// <summary>An event's JSON.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="writeFields">Writes the fields that stand before the data.</param>
    /// <param name="data">The data, as JSON.</param>
    public static byte[] Of(string id, string type, DateTimeOffset at, Action<Utf8JsonWriter> writeFields, ReadOnlyMemory<byte> data)
    {
        using var buffer = new MemoryStream(data.Length + 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("createdAt", at.UtcDateTime);
            writeFields(json);
            json.WritePropertyName("data");
            json.WriteRawValue(data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
