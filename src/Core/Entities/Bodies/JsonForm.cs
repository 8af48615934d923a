using System.Text.Json;

namespace Millwright.Core.Entities.Bodies;

/// <summary>Which JSON values a field type takes.</summary>
internal static class JsonForm
{
    private const int LongestQuote = 40;

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

    /// <summary>A value in a message: itself where it is short, else what it is.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "An array",
        JsonValueKind.Object => "An object",
        JsonValueKind.String when value.GetString() is { Length: <= LongestQuote } text => $"'{text}'",
        JsonValueKind.String => "The text",
        _ when value.GetRawText() is { Length: <= LongestQuote } text => text,
        _ => "The number",
    };
}
