using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping;

/// <summary>A place in a source record.</summary>
/// <param name="Text">As the definition has it, from the record or list item on.</param>
/// <param name="Segments">The property names that lead to it, outermost first.</param>
internal sealed record SourcePath(string Text, IReadOnlyList<string> Segments)
{
    /// <summary>Puts a value there, creating the objects on the way.</summary>
    public void Set(JsonObject record, JsonNode? value)
    {
        var place = record;
        for (var i = 0; i < Segments.Count - 1; i++)
        {
            if (place[Segments[i]] is not JsonObject next)
            {
                place[Segments[i]] = next = [];
            }

            place = next;
        }

        place[Segments[^1]] = value;
    }
}
