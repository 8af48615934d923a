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

    /// <summary>The bytes of some members of the answer, found in one pass over it.</summary>
    /// <param name="answer">A JSON object. Of anything else nothing is found, and of one that is cut off what comes before the cut.</param>
    /// <param name="names">Their names; null for one that is not wanted.</param>
    /// <returns>As many as there are names; empty where the answer has no such member.</returns>
    public static ReadOnlyMemory<byte>[] Members(ReadOnlyMemory<byte> answer, params ReadOnlySpan<byte[]?> names)
    {
        var values = new ReadOnlyMemory<byte>[names.Length];
        try
        {
            var left = names.Length - names.Count((byte[]?)null);
            var reader = new Utf8JsonReader(answer.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return values;
            }

            while (left > 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var index = IndexOf(names, ref reader);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (index >= 0 && values[index].IsEmpty)
                {
                    values[index] = answer[start..(int)reader.BytesConsumed];
                    left--;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON, or cut off: the caller says in its own words what it misses.
        }

        return values;
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

    private static int IndexOf(scoped ReadOnlySpan<byte[]?> names, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name && reader.ValueTextEquals(name))
            {
                return i;
            }
        }

        return -1;
    }
}
