using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Reads values that a protocol passes on as they are: lists, mappings and scalars by YAML's core schema.</summary>
internal sealed class JsonNodeConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(JsonArray) || type == typeof(JsonObject);

    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var start = parser.Current!;
        return Read(parser) is { } node && node.GetType() == type
            ? node
            : throw new YamlException(start.Start, start.End, type == typeof(JsonArray) ? "A list is needed here." : "A mapping is needed here.");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Definitions are only read.");

    private static JsonNode? Read(IParser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? null : SourceValuesConverter.ToJson(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Read(parser));
            }

            return list;
        }

        parser.Consume<MappingStart>();
        var mapping = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>();
            if (!mapping.TryAdd(name.Value, Read(parser)))
            {
                throw new YamlException(name.Start, name.End, $"'{name.Value}' is given twice.");
            }
        }

        return mapping;
    }
}
