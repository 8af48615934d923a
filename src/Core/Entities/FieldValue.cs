using System.Globalization;

namespace Millwright.Core.Entities;

/// <summary>The text forms of field values: one reading and one writing for filters, bodies and mappings.</summary>
public static class FieldValue
{
    /// <summary>The most digits of a decimal, before and after the point together.</summary>
    public const int MaxDigits = 28;

    private const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const NumberStyles NumberStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] InstantForms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a value of a type and writes it in the normal form, or gives null where the text is not of the type.</summary>
    /// <param name="type">A scalar type.</param>
    /// <param name="text">As it came from outside.</param>
    public static string? Normalize(FieldType type, string text) => type switch
    {
        FieldType.String => text,
        FieldType.Key => text.Length == 0 ? null : text,
        FieldType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
        FieldType.Number => double.TryParse(text, NumberStyle, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        FieldType.Decimal => TryDecimal(text, out var amount) ? Format(amount) : null,
        FieldType.Boolean => text switch { "true" or "1" => "true", "false" or "0" => "false", _ => null },
        FieldType.Date => TryDate(text, out var date) ? Format(date) : null,
        FieldType.DateTime => TryDateTime(text, out var instant) ? Format(instant) : null,
        _ => null,
    };

    /// <summary>Reads an exact decimal such as <c>-12.50</c>; no exponent, no separators of thousands.</summary>
    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out value) && text.Count(char.IsAsciiDigit) <= MaxDigits;

    /// <summary>Reads <c>yyyy-MM-dd</c>, or takes the date as written out of an instant.</summary>
    public static bool TryDate(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
        || (TryDateTime(text, out _) && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value));

    /// <summary>Reads an instant by RFC 3339; a date alone is its midnight in UTC. A time without an offset is refused.</summary>
    public static bool TryDateTime(string text, out DateTimeOffset value)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            value = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }

        value = default;
        return HasOffset(text)
            && DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value);
    }

    /// <summary>A decimal without superfluous zeros.</summary>
    public static string Format(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A date as <c>yyyy-MM-dd</c>.</summary>
    public static string Format(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC, with a fraction of a second only where there is one.</summary>
    public static string Format(DateTimeOffset value) => value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    // Without an offset the parser would take the machine's own.
    private static bool HasOffset(string text) => text.Length > 19 && (text[^1] == 'Z' || text[^6] is '+' or '-');
}
