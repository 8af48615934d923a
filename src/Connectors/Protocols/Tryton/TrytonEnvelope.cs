using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Writes requests: <c>{"id","method","params"}</c>. The answer is <c>{"id","result"}</c> or <c>{"id","error":[type, arguments]}</c>.</summary>
internal static class TrytonEnvelope
{
    /// <summary>A request's body.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The parameters without the context.</param>
    /// <param name="context">The context, a JSON object; null for methods that take none.</param>
    /// <param name="more">Added to the context; its values win.</param>
    public static ReadOnlyMemory<byte> Write(string method, JsonArray arguments, ReadOnlyMemory<byte>? context, JsonObject? more)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, 1);
        writer.WriteString("method"u8, method);
        writer.WriteStartArray("params"u8);
        foreach (var argument in arguments)
        {
            WriteNode(writer, argument);
        }

        if (context is { } preferences)
        {
            WriteContext(writer, preferences, more);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteContext(Utf8JsonWriter writer, ReadOnlyMemory<byte> preferences, JsonObject? more)
    {
        if (more is null)
        {
            writer.WriteRawValue(preferences.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        using (var own = JsonDocument.Parse(preferences))
        {
            foreach (var property in own.RootElement.EnumerateObject().Where(p => !more.ContainsKey(p.Name)))
            {
                property.WriteTo(writer);
            }
        }

        foreach (var (name, value) in more)
        {
            writer.WritePropertyName(name);
            WriteNode(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }
}
