using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>A value that every record has. Read only.</summary>
internal sealed class ConstantField(string name, FieldType type, FieldDefinition definition, byte[] json) : FieldPlan(name, type, definition)
{
    public override IReadOnlyList<string> SourcePaths => [];

    public override string Accepts => "nothing: it is constant";

    internal override bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output)
    {
        output.Raw(json);
        return true;
    }

    internal override void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems) => problems.Add(at + Name, "is read only");
}
