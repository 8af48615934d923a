using System.Text.Json;
using Millwright.Core.Identity;

namespace Millwright.Core.Entities;

/// <summary>Tells whether two calls ask for the same write.</summary>
internal static class Fingerprint
{
    /// <summary>A hash of the operation, the keys and the body; spaces and the order of a body's fields do not matter.</summary>
    public static string Of(EntityCall call)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteStringValue(call.Entity);
            json.WriteStringValue(call.Operation);
            json.WriteStringValue(call.Key);
            json.WriteStringValue(call.SubKey);
            WriteSorted(json, call.Body ?? default);
            json.WriteEndArray();
        }

        return SecretHash.Of(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    private static void WriteSorted(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                json.WriteNullValue();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(property.Name);
                    WriteSorted(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteSorted(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
