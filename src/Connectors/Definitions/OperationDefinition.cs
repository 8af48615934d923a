using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions;

/// <summary>One operation's settings; each protocol adds its own section.</summary>
public sealed partial record OperationDefinition : IHasLine
{
    /// <summary>The unified fields that the body must carry beside those whose mapping says so.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
