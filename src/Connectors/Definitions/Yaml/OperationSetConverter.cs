using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Reads <c>[list, get]</c> and <c>{list: , set-status: {…}}</c> alike.</summary>
internal sealed class OperationSetConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(OperationSet);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var operations = new Dictionary<string, OperationDefinition>(StringComparer.Ordinal);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                Add(parser.Consume<Scalar>(), new OperationDefinition());
            }
        }
        else
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var name = parser.Consume<Scalar>();
                var isDefault = parser.Accept<Scalar>(out var scalar) && scalar.Value is "" or "~" or "null";
                Add(name, isDefault ? Skip(parser) : (OperationDefinition)rootDeserializer(typeof(OperationDefinition))!);
            }
        }

        return new OperationSet(operations);

        void Add(Scalar name, OperationDefinition operation)
        {
            operation.Line = (int)name.Start.Line;
            if (!operations.TryAdd(name.Value, operation))
            {
                throw new YamlException(name.Start, name.End, $"The operation '{name.Value}' is given twice.");
            }
        }

        static OperationDefinition Skip(IParser parser)
        {
            parser.Consume<Scalar>();
            return new OperationDefinition();
        }
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Definitions are only read.");
}
