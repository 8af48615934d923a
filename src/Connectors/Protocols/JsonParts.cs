using System.Buffers;
using System.Text.Json;

namespace Millwright.Connectors.Protocols;

/// <summary>Takes answers apart and puts them together without building documents of them.</summary>
internal static class JsonParts
{
    /// <summary>The bytes of each element of an array.</summary>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> array)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(array.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(array[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    /// <summary>The bytes of one member of the answer.</summary>
    /// <returns>False where the bytes are not a JSON object or it has no such member.</returns>
    public static bool TryGetMember(ReadOnlyMemory<byte> answer, ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> value)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(answer.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals(name);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (wanted)
                {
                    value = answer[start..(int)reader.BytesConsumed];
                    return true;
                }
            }

            return false;
        }
        catch (JsonException)
        {
            // Not JSON, or cut off: the caller says so in its own words.
            return false;
        }
    }

    /// <summary>One array of all elements.</summary>
    public static ReadOnlyMemory<byte> Array(IReadOnlyCollection<ReadOnlyMemory<byte>> elements)
    {
        var output = new ArrayBufferWriter<byte>(elements.Sum(e => e.Length + 1) + 2);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartArray();
        foreach (var element in elements)
        {
            writer.WriteRawValue(element.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        writer.Flush();
        return output.WrittenMemory;
    }
}
