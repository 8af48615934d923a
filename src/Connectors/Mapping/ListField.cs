using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>A nested list: of objects where it has a plan for them, else of scalars that its codec reads.</summary>
internal sealed class ListField(string name, FieldDefinition definition, SourcePath path, int ordinal, int slot, RecordPlan? items, Codec? codec)
    : FieldPlan(name, FieldType.Array, definition)
{
    public override string Path => path.Text;

    public override IReadOnlyList<string> SourcePaths { get; } = [path.Text];

    public override bool Writable => !Definition.ReadOnly;

    public override RecordPlan? Items => items;

    public override string Accepts => "a list";

    internal int Ordinal => ordinal;

    internal RecordShape? ItemShape => items?.Shape;

    internal override bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        ref var value = ref record[slot];
        if (value.IsAbsent)
        {
            output.Null();
            return true;
        }

        if (value.Type != JsonTokenType.StartArray)
        {
            return record.Fail(Name, $"is not a list in the source ('{path.Text}')");
        }

        output.Raw(record.List(ordinal).WrittenSpan);
        return true;
    }

    internal bool WriteScalar(RecordSlots record, in SourceToken token, ref JsonOutput output)
    {
        if (token.Type == JsonTokenType.Null)
        {
            output.Null();
            return true;
        }

        return codec!.TryRead(token, ref output) || record.Fail("", $"is not {codec.Expects} in the source ('{path.Text}')");
    }

    internal override void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems)
    {
        if (unified.ValueKind == JsonValueKind.Null)
        {
            path.Set(source, null);
            return;
        }

        if (unified.ValueKind != JsonValueKind.Array)
        {
            problems.Add(at + Name, "must be a list");
            return;
        }

        var list = new JsonArray();
        foreach (var (index, element) in unified.EnumerateArray().Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{at}{Name}[{index}]");
            if (ItemShape is { } item)
            {
                list.Add((JsonNode)item.ToSource(element, place + ".", problems));
            }
            else if (element.ValueKind != JsonValueKind.Null && codec!.TryWrite(element, out var value))
            {
                list.Add(value);
            }
            else
            {
                problems.Add(place, $"must be {codec!.Accepts}");
            }
        }

        path.Set(source, list);
    }
}
