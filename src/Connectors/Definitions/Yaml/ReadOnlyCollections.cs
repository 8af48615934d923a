using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>Fills read-only lists and dictionaries with plain ones.</summary>
internal sealed class ReadOnlyCollections : INodeTypeResolver
{
    public bool Resolve(NodeEvent? nodeEvent, ref Type currentType)
    {
        var definition = currentType.IsGenericType ? currentType.GetGenericTypeDefinition() : null;
        var concrete = definition == typeof(IReadOnlyList<>) ? typeof(List<>)
            : definition == typeof(IReadOnlyDictionary<,>) ? typeof(Dictionary<,>)
            : null;
        currentType = concrete?.MakeGenericType(currentType.GetGenericArguments()) ?? currentType;
        return concrete is not null;
    }
}
