using System.Text.Json.Nodes;

namespace Millwright.Connectors.Definitions;

/// <summary>The source values that mean one unified value. In YAML one scalar or a list; a plain <c>1</c> or <c>true</c> is a number or boolean, a quoted one text.</summary>
public sealed class SourceValues(IReadOnlyList<JsonValue> values)
{
    /// <summary>All of them, at least one.</summary>
    public IReadOnlyList<JsonValue> All { get; } = values;

    /// <summary>The one that is written.</summary>
    public JsonValue Written => All[0];
}
