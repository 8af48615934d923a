using System.Text.Json;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Entities.Bodies;

/// <summary>Which JSON values a field type takes.</summary>
internal static class JsonForm
{
    public static bool Fits(FieldType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (FieldType.String, JsonValueKind.String) => true,
        (FieldType.Integer, JsonValueKind.Number) => value.TryGetInt64(out _),
        (FieldType.Number, JsonValueKind.Number) => value.TryGetDouble(out var number) && double.IsFinite(number),
        (FieldType.Decimal, JsonValueKind.Number) => value.TryGetDecimal(out _),
        (FieldType.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (FieldType.Key or FieldType.Decimal or FieldType.Date or FieldType.DateTime, JsonValueKind.String) =>
            FieldValue.Normalize(type, value.GetString()!) is not null,
        _ => false,
    };

    public static string Expected(FieldType type) => type switch
    {
        FieldType.Array => "an array",
        FieldType.Object => "an object",
        _ => FilterSyntax.Expected(type),
    };

    public static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
