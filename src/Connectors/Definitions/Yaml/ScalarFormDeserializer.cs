using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Reads a scalar where a record has a <see cref="ScalarFormAttribute"/>.</summary>
internal sealed class ScalarFormDeserializer : INodeDeserializer
{
    public bool Deserialize(
        IParser reader, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value, ObjectDeserializer rootDeserializer)
    {
        value = null;
        if (expectedType.GetCustomAttribute<ScalarFormAttribute>() is not { } form || !reader.TryConsume<Scalar>(out var scalar))
        {
            return false;
        }

        if (scalar.Value.Length == 0)
        {
            throw new YamlException(scalar.Start, scalar.End, "A value is missing.");
        }

        value = Activator.CreateInstance(expectedType)!;
        expectedType.GetProperty(form.Property)!.SetValue(value, scalar.Value);
        if (value is IHasLine placed)
        {
            placed.Line = (int)scalar.Start.Line;
        }

        return true;
    }
}
