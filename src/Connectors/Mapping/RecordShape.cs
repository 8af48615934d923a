using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping;

/// <summary>What is read of one kind of object, a record or a list's item, and the fields it becomes.</summary>
/// <param name="Root">The wanted properties.</param>
/// <param name="Slots">Its own slots; a plan's shapes share one array of slots.</param>
/// <param name="KeySlot">The slot of the source's key; negative if there is none.</param>
/// <param name="Fields">The fields in the model's order.</param>
internal sealed record RecordShape(SourceNode Root, int[] Slots, int KeySlot, IReadOnlyList<FieldPlan> Fields)
{
    private readonly FieldPlan[] _fields = [.. Fields];

    /// <summary>The slots up to its own and those of the shapes within it.</summary>
    public int AllSlots { get; init; }

    /// <summary>The nodes up to its own and those of the shapes within it.</summary>
    public int AllNodes { get; init; }

    /// <summary>The lists up to its own and those of the shapes within it.</summary>
    public int AllLists { get; init; }

    /// <summary>Writes the object's fields, without braces.</summary>
    /// <returns>False at the first source value that cannot be read.</returns>
    public bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        var first = true;
        foreach (var field in _fields)
        {
            field.WriteName(first, ref output);
            first = false;
            if (!field.Write(record, source, ref output))
            {
                return false;
            }
        }

        return true;
    }

    public JsonObject ToSource(JsonElement unified, string at, BodyProblems problems)
    {
        var source = new JsonObject();
        FieldsToSource(Fields, unified, source, at, problems);
        return source;
    }

    public static void FieldsToSource(IReadOnlyList<FieldPlan> fields, JsonElement unified, JsonObject source, string at, BodyProblems problems)
    {
        if (unified.ValueKind != JsonValueKind.Object)
        {
            problems.Add(at.TrimEnd('.'), "must be an object");
            return;
        }

        foreach (var property in unified.EnumerateObject())
        {
            var field = fields.FirstOrDefault(f => property.NameEquals(f.Name));
            if (field is null)
            {
                problems.Add(at + property.Name, "is not mapped to the connected system");
            }
            else if (!field.Writable)
            {
                problems.Add(at + field.Name, "is read only");
            }
            else
            {
                field.ToSource(property.Value, source, at, problems);
            }
        }
    }
}
