using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>The first of several paths that has a value. Read only.</summary>
internal sealed class CoalesceField(string name, FieldType type, FieldDefinition definition, IReadOnlyList<SourcePath> paths, int[] slots, Codec codec)
    : FieldPlan(name, type, definition)
{
    public override IReadOnlyList<string> SourcePaths { get; } = [.. paths.Select(p => p.Text)];

    public override string Accepts => codec.Accepts;

    public override bool TryToSourceValue(string text, [NotNullWhen(true)] out JsonNode? source) => codec.TryWrite(text, out source);

    internal override bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            ref var value = ref record[slots[i]];
            if (!value.IsAbsent)
            {
                return (value.Type != Slot.Misplaced && codec.TryRead(value.In(source), ref output))
                    || record.Fail(Name, $"is not {codec.Expects} in the source ('{paths[i].Text}')");
            }
        }

        output.Null();
        return true;
    }

    internal override void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems) => problems.Add(at + Name, "is read only");
}
