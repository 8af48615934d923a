using System.Buffers;
using System.Text.Json;

namespace Millwright.Core.Entities.Bodies;

/// <summary>
/// The body of a create without its nulls. On a new record a null says what absence says, and clients generated from the published
/// contract send one for every field that they do not set, those that the connected system sets itself among them.
/// </summary>
internal static class CreateBody
{
    /// <summary>What is left of a body that was checked against its record.</summary>
    public static JsonElement WithoutNulls(RecordType record, JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, record, body);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, RecordType record, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null))
                {
                    json.WritePropertyName(property.Name);
                    WriteField(json, record.Field(property.Name), property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, record, item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    // What a free-form value holds is the caller's own, nulls included.
    private static void WriteField(Utf8JsonWriter json, Field? field, JsonElement value)
    {
        if (field?.Record is { } record)
        {
            Write(json, record, value);
        }
        else
        {
            value.WriteTo(json);
        }
    }
}
