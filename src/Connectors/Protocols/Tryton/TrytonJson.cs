using System.Text.Json;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Takes results apart without building documents of them.</summary>
internal static class TrytonJson
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
}
