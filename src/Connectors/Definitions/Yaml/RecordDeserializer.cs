using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Reads a definition's records: remembers their lines, and takes a scalar where the record has a <see cref="ScalarFormAttribute"/>.</summary>
internal sealed class RecordDeserializer(INodeDeserializer inner) : INodeDeserializer
{
    public bool Deserialize(
        IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
    {
        var line = (int)(reader.Current?.Start.Line ?? 0);
        if (expectedType.GetCustomAttribute<ScalarFormAttribute>() is { } form && reader.Accept<Scalar>(out var scalar))
        {
            reader.MoveNext();
            if (scalar.Value.Length == 0)
            {
                throw new YamlException(scalar.Start, scalar.End, "A value is missing.");
            }

            value = Activator.CreateInstance(expectedType)!;
            expectedType.GetProperty(form.Property)!.SetValue(value, scalar.Value);
        }
        else if (!inner.Deserialize(reader, expectedType, nestedObjectDeserializer, out value, rootDeserializer))
        {
            return false;
        }

        if (value is IHasLine placed)
        {
            placed.Line = line;
        }

        return true;
    }
}
