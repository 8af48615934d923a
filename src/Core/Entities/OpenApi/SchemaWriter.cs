using System.Text.Json;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>Writes the schemas of record types and of what their lists are filtered and sorted by.</summary>
internal static class SchemaWriter
{
    /// <summary>Marks what the published contract lacks.</summary>
    public const string ExtensionMark = "x-millwright-extension";

    /// <summary>A reference to a record's schema.</summary>
    public static string Reference(string name) => $$"""{"$ref":"#/components/schemas/{{name}}"}""";

    /// <summary>The name of the schema of a record's filters.</summary>
    public static string FilterName(RecordType record) => record.Name + "Filter";

    /// <summary>The name of the schema of a record's sort order.</summary>
    public static string SortName(RecordType record) => record.Name + "Sort";

    public static void WriteRecord(Utf8JsonWriter json, RecordType record)
    {
        json.WriteStartObject(record.Name);
        json.WriteString("type", "object");
        json.WriteString("description", record.Description);
        json.WriteStartObject("properties");
        foreach (var field in record.Fields)
        {
            json.WriteStartObject(field.Name);
            WriteField(json, field);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    public static void WriteFilter(Utf8JsonWriter json, RecordType record)
    {
        var fields = record.Paths.Where(f => FilterSyntax.Applies(FilterOperator.Equal, f)).ToList();
        json.WriteStartObject(FilterName(record));
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Name);
            WriteType(json, field.ValueType, nullable: false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("patternProperties");
        var operators = Enum.GetValues<FilterOperator>().Where(o => o != FilterOperator.Equal);
        foreach (var same in operators.GroupBy(o => string.Join('|', fields.Where(f => FilterSyntax.Applies(o, f)).Select(f => f.Name))))
        {
            var names = same.Key.Replace(".", "\\.", StringComparison.Ordinal);
            json.WriteStartObject($"^({names}):({string.Join('|', same.Select(FilterSyntax.Word))})$");
            json.WriteString("type", "string");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    public static void WriteSort(Utf8JsonWriter json, RecordType record)
    {
        json.WriteStartObject(SortName(record));
        json.WriteString("type", "object");
        json.WriteStartObject("propertyNames");
        json.WriteStartArray("enum");
        foreach (var field in record.Paths.Where(FilterSyntax.Sortable))
        {
            json.WriteStringValue(field.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("additionalProperties");
        json.WriteString("type", "integer");
        json.WritePropertyName("enum");
        json.WriteRawValue("[0,1]");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        if (field is { Type: FieldType.Object, Record: { } record })
        {
            json.WriteString("$ref", $"#/components/schemas/{record.Name}");
        }
        else
        {
            WriteType(json, field.Type, nullable: field.Name != "key");
        }

        if (field.Type == FieldType.Array)
        {
            json.WritePropertyName("items");
            WriteItems(json, field);
        }

        json.WriteString("description", field.Description);
        if (Examples.Of(field) is { } example)
        {
            json.WriteStartArray("examples");
            json.WriteRawValue(example);
            json.WriteEndArray();
        }

        if (field.ReadOnly)
        {
            json.WriteBoolean("readOnly", true);
        }

        if (field.Relation is not null)
        {
            json.WriteString("x-millwright-relation", field.Relation);
        }

        if (field.Extension)
        {
            json.WriteBoolean(ExtensionMark, true);
        }
    }

    private static void WriteItems(Utf8JsonWriter json, Field array)
    {
        json.WriteStartObject();
        if (array.Record is not null)
        {
            json.WriteString("$ref", $"#/components/schemas/{array.Record.Name}");
        }
        else
        {
            WriteType(json, array.Items ?? FieldType.Any, nullable: false);
        }

        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, FieldType type, bool nullable)
    {
        var (name, format) = type switch
        {
            FieldType.Integer => ("integer", "int64"),
            FieldType.Number => ("number", "double"),
            FieldType.Decimal => ("string", "decimal"),
            FieldType.Boolean => ("boolean", null),
            FieldType.Date => ("string", "date"),
            FieldType.DateTime => ("string", "date-time"),
            FieldType.Object => ("object", null),
            FieldType.Array => ("array", null),
            FieldType.Any => (null, null),
            _ => ("string", null),
        };
        if (name is not null && nullable)
        {
            json.WriteStartArray("type");
            json.WriteStringValue(name);
            json.WriteStringValue("null");
            json.WriteEndArray();
        }
        else if (name is not null)
        {
            json.WriteString("type", name);
        }

        if (format is not null)
        {
            json.WriteString("format", format);
        }
    }
}
