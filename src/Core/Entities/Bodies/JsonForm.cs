using System.Globalization;
using System.Text.Json;

namespace Millwright.Core.Entities.Bodies;

/// <summary>Which JSON values a field type takes.</summary>
internal static class JsonForm
{
    private const int LongestQuote = 40;

    public static bool Fits(FieldType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (FieldType.String, JsonValueKind.String) => IsText(value),
        (FieldType.Integer, JsonValueKind.Number) => value.TryGetInt64(out _),
        (FieldType.Number, JsonValueKind.Number) => value.TryGetDouble(out var number) && double.IsFinite(number),
        (FieldType.Decimal, JsonValueKind.Number) => IsExact(value),
        (FieldType.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (FieldType.Key or FieldType.Decimal or FieldType.Date or FieldType.DateTime, JsonValueKind.String) =>
            IsText(value) && FieldValue.Normalize(type, value.GetString()!) is not null,
        _ => false,
    };

    /// <summary>Whether a string is Unicode: an escaped half of a surrogate pair is JSON but no text.</summary>
    public static bool IsText(JsonElement value) => TextOrNull(value.GetString) is not null;

    /// <summary>A property's name, or null where it is not Unicode.</summary>
    public static string? NameOf(JsonProperty property) => TextOrNull(() => property.Name);

    /// <summary>A value in a message: itself where it is short, else what it is.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "An array",
        JsonValueKind.Object => "An object",
        JsonValueKind.String when !IsText(value) => "Text with half a surrogate pair",
        JsonValueKind.String when value.GetString() is { Length: <= LongestQuote } text => $"'{text}'",
        JsonValueKind.String => "The text",
        _ when value.GetRawText() is { Length: <= LongestQuote } text => text,
        _ => "The number",
    };

    private static string? TextOrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // More digits, or an exponent that goes beyond them, would be rounded without a word.
    private static bool IsExact(JsonElement value)
    {
        var text = value.GetRawText();
        var exponent = text.IndexOfAny(['e', 'E']);
        return exponent < 0
            ? FieldValue.TryDecimal(text, out _)
            : int.TryParse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var shift)
                && text.AsSpan(0, exponent).Length + Math.Abs((long)shift) <= FieldValue.MaxDigits
                && value.TryGetDecimal(out _);
    }
}
