using System.Buffers;
using System.Text.Json;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Values that stand in a definition.</summary>
internal static class Literal
{
    /// <summary>A value's JSON in the unified model.</summary>
    /// <param name="text">As the definition has it.</param>
    /// <param name="codec">Plain JSON's codec for the field's type.</param>
    /// <exception cref="FormatException">The text is no value of the type.</exception>
    public static byte[] Encode(string text, Codec codec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new JsonOutput(buffer);
        var quoted = JsonSerializer.SerializeToUtf8Bytes(text);
        var token = new SourceToken(JsonTokenType.String, quoted, quoted.AsSpan().Contains((byte)'\\'));
        if (!codec.TryRead(token, ref output))
        {
            throw new FormatException($"'{text}' is not {codec.Accepts}");
        }

        output.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
