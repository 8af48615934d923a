using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>Examples, derived from the fields' types and names.</summary>
internal static class Examples
{
    // What the deepest body needs: an order, its lines.
    private const int MaxDepth = 2;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An example value as JSON, or null where none would tell more than the type does.</summary>
    public static string? Of(Field field) => field.Type switch
    {
        FieldType.Key => "\"1042\"",
        FieldType.Integer => "3",
        FieldType.Number => "12.5",
        FieldType.Decimal => field.Name.EndsWith("uantity", StringComparison.Ordinal) ? "\"4\"" : "\"129.90\"",
        FieldType.Boolean => "true",
        FieldType.Date => "\"2026-01-31\"",
        FieldType.DateTime => "\"2026-01-31T08:00:00Z\"",
        FieldType.String => OfText(field.Name),
        _ => null,
    };

    /// <summary>A body with the fields that may be written.</summary>
    public static string Body(RecordType record) => Write(record, field => !field.ReadOnly);

    /// <summary>A record as it is read.</summary>
    public static string Record(RecordType record) => Write(record, _ => true);

    private static string Write(RecordType record, Func<Field, bool> has)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            Write(json, record, has, 1);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, RecordType record, Func<Field, bool> has, int depth)
    {
        json.WriteStartObject();
        foreach (var field in record.Fields.Where(has))
        {
            if (Of(field) is { } example && !(depth > 1 && field.Name == "key"))
            {
                json.WritePropertyName(field.Name);
                json.WriteRawValue(example);
            }
            else if (field is { Type: FieldType.Array, Record: { } line } && depth < MaxDepth)
            {
                json.WriteStartArray(field.Name);
                Write(json, line, has, depth + 1);
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }

    private static string? OfText(string name) => name switch
    {
        "name" or "title" => "\"Bearing 6204-2RS\"",
        "description" => "\"Deep groove ball bearing, sealed on both sides\"",
        "code" or "partNumber" => "\"BRG-6204\"",
        "orderNo" or "orderNumber" or "invoiceNumber" => "\"4500012345\"",
        "lineNo" => "\"10\"",
        "country" => "\"DE\"",
        "city" => "\"Ulm\"",
        "postCode" => "\"89073\"",
        "addressLines" => "\"Hafengasse 12\"",
        "email" => "\"orders@example.com\"",
        "phone" => "\"+49 731 5550100\"",
        "contentType" => "\"application/pdf\"",
        "url" or "website" => "\"https://example.com/\"",
        _ => null,
    };
}
