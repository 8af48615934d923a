using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>A value at one path.</summary>
internal sealed class ScalarField(string name, FieldType type, FieldDefinition definition, SourcePath path, int slot, Codec codec)
    : FieldPlan(name, type, definition)
{
    public override string Path => path.Text;

    public override IReadOnlyList<string> SourcePaths { get; } = [path.Text];

    public override bool Writable => !Definition.ReadOnly;

    public override bool Filterable => Definition.Filter;

    public override bool Sortable => Definition.Sort;

    public override string Accepts => codec.Accepts;

    internal override Codec? Codec => codec;

    public override bool TryToSourceValue(string text, [NotNullWhen(true)] out JsonNode? source) => codec.TryWrite(text, out source);

    internal override bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        ref var value = ref record[slot];
        if (value.IsAbsent)
        {
            output.Null();
            return true;
        }

        return (value.Type != Slot.Misplaced && codec.TryRead(value.In(source), ref output))
            || record.Fail(Name, $"is not {codec.Expects} in the source ('{path.Text}')");
    }

    internal override void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems)
    {
        if (unified.ValueKind == JsonValueKind.Null)
        {
            path.Set(source, null);
        }
        else if (codec.TryWrite(unified, out var value))
        {
            path.Set(source, value);
        }
        else
        {
            problems.Add(at + Name, $"must be {codec.Accepts}");
        }
    }
}
