using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;

namespace Millwright.Connectors.Protocols;

/// <summary>The source's values for one unified value of a filter.</summary>
internal static class FilterValues
{
    /// <summary>All source values that are read as this one; null where the field cannot have it.</summary>
    public static IReadOnlyList<JsonNode>? Of(FieldPlan field, string value) =>
        field.Definition.Map is { } map
            ? map.TryGetValue(value, out var several) ? [.. several.All.Select(v => v.DeepClone())] : null
            : field.TryToSourceValue(value, out var one) ? [one] : null;
}
