using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;

namespace Millwright.Connectors.Webhooks;

/// <summary>Reads a webhook's values with the codecs that records are read with.</summary>
internal static class WebhookCodecs
{
    /// <summary>The codec's unified value as text; null where it means that there is none.</summary>
    /// <returns>False where the value is not what the codec expects.</returns>
    public static bool TryRead(this Codec codec, JsonElement value, out string? text)
    {
        text = null;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var type = value.ValueKind switch
        {
            JsonValueKind.String => JsonTokenType.String,
            JsonValueKind.Number => JsonTokenType.Number,
            JsonValueKind.True => JsonTokenType.True,
            JsonValueKind.False => JsonTokenType.False,
            JsonValueKind.Array => JsonTokenType.StartArray,
            _ => JsonTokenType.StartObject,
        };
        var buffer = new ArrayBufferWriter<byte>();
        var output = new JsonOutput(buffer);
        if (!codec.TryRead(new SourceToken(type, raw, raw.Contains((byte)'\\')), ref output))
        {
            return false;
        }

        output.Flush();
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        reader.Read();
        try
        {
            text = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => reader.GetString(),
                _ => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            };
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape: well-formed JSON that is no text.
            return false;
        }
    }
}
