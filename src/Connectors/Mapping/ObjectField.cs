using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>A nested object: the source's own where it has a path and a slot, else gathered from the record, with a negative slot.</summary>
internal sealed class ObjectField(string name, FieldDefinition definition, SourcePath? path, int slot, IReadOnlyList<FieldPlan> children)
    : FieldPlan(name, FieldType.Object, definition)
{
    private readonly FieldPlan[] _children = [.. children];

    public override string? Path => path?.Text;

    public override IReadOnlyList<string> SourcePaths { get; } = [.. children.SelectMany(c => c.SourcePaths)];

    public override bool Writable => !Definition.ReadOnly && _children.Any(c => c.Writable);

    public override IReadOnlyList<FieldPlan> Children => _children;

    public override string Accepts => "an object";

    internal override bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        if (slot >= 0 && record[slot].IsAbsent)
        {
            output.Null();
            return true;
        }

        output.Raw((byte)'{');
        for (var i = 0; i < _children.Length; i++)
        {
            _children[i].WriteName(i == 0, ref output);
            if (!_children[i].Write(record, source, ref output))
            {
                return record.FailIn(Name);
            }
        }

        output.Raw((byte)'}');
        return true;
    }

    internal override void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems)
    {
        if (unified.ValueKind != JsonValueKind.Null)
        {
            RecordShape.FieldsToSource(_children, unified, source, $"{at}{Name}.", problems);
        }
        else if (path is not null)
        {
            path.Set(source, null);
        }
        else
        {
            foreach (var child in _children.Where(c => c.Writable))
            {
                child.ToSource(unified, source, at, problems);
            }
        }
    }
}
