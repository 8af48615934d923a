using System.Buffers;
using System.Text;
using System.Text.Json;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>Plans over a small order model, and what they write.</summary>
internal static class Plans
{
    public static RecordType Line { get; } = new("Line", "A line.",
    [
        Field("key", FieldType.Key),
        Field("materialKey", FieldType.Key),
        Field("quantity", FieldType.Decimal),
        Field("notes", FieldType.Array) with { Items = FieldType.String },
    ]);

    public static RecordType Address { get; } = new("Address", "An address.", [Field("street", FieldType.String), Field("city", FieldType.String)]);

    public static RecordType Order { get; } = new("Order", "An order.",
    [
        Field("key", FieldType.Key),
        Field("number", FieldType.String),
        Field("vendorKey", FieldType.Key),
        Field("vendorName", FieldType.String),
        Field("statusKey", FieldType.String),
        Field("priority", FieldType.Integer),
        Field("weight", FieldType.Number),
        Field("total", FieldType.Decimal),
        Field("isOpen", FieldType.Boolean),
        Field("orderDate", FieldType.Date),
        Field("updatedAt", FieldType.DateTime),
        Field("address", FieldType.Object) with { Record = Address },
        Field("lineItems", FieldType.Array) with { Items = FieldType.Object, Record = Line },
        Field("tags", FieldType.Array) with { Items = FieldType.String },
        Field("customFields", FieldType.Object),
        Field("other", FieldType.Any),
    ]);

    /// <summary>A plan for orders from the YAML of their fields.</summary>
    public static RecordPlan Compile(string fields, string entity = "") => RecordPlan.Compile("orders", Order, Definition(fields, entity), ValueDialect.Json);

    public static EntityDefinition Definition(string fields, string entity = "")
    {
        var yaml = $"""
            provider: test
            name: Test
            areas: [erp]
            protocol: rest
            credentials: []
            entities:
              orders:
                resource: orders
                operations: [list, create]
            {Indent(entity, 4)}
                fields:
            {Indent(fields, 6)}
            """;
        return DefinitionLoader.Load("test/connector.yaml", yaml).Entities["orders"];
    }

    public static string Read(this RecordPlan plan, string record, bool raw = false)
    {
        var output = new ArrayBufferWriter<byte>();
        plan.WriteRecord(Encoding.UTF8.GetBytes(record), output, raw);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string ReadAll(this RecordPlan plan, string records, bool raw = false)
    {
        var output = new ArrayBufferWriter<byte>();
        plan.WriteArray(Encoding.UTF8.GetBytes(records), output, raw);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string Write(this RecordPlan plan, string body)
    {
        using var document = JsonDocument.Parse(body);
        return plan.ToSource(document.RootElement).ToJsonString();
    }

    private static Field Field(string name, FieldType type) => new(name, type, "A field.");

    private static string Indent(string yaml, int columns) =>
        string.Join('\n', yaml.Split('\n').Select(line => new string(' ', columns) + line));
}
