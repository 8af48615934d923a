using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Reads one scalar or a list of them, keeping text, numbers and booleans apart by YAML's core schema.</summary>
internal sealed partial class SourceValuesConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(SourceValues);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var single))
        {
            return new SourceValues([ToJson(single)]);
        }

        var start = parser.Consume<SequenceStart>();
        var values = new List<JsonValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            values.Add(ToJson(parser.Consume<Scalar>()));
        }

        return values.Count > 0 ? new SourceValues(values) : throw new YamlException(start.Start, start.End, "At least one source value is needed.");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Definitions are only read.");

    /// <summary>A scalar by YAML's core schema.</summary>
    public static JsonValue ToJson(Scalar scalar) => scalar.Style != ScalarStyle.Plain
        ? JsonValue.Create(scalar.Value)
        : scalar.Value switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            "" or "~" or "null" => throw new YamlException(scalar.Start, scalar.End, "A source value cannot be null: null is always read as null."),
            var text when Number().IsMatch(text) => JsonNode.Parse(text)!.AsValue(),
            var text => JsonValue.Create(text),
        };

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
