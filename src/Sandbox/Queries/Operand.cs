using System.Globalization;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Queries;

/// <summary>Reads a value of a query parameter as the type of its field.</summary>
internal static class Operand
{
    /// <exception cref="RefusalException">The text is not such a value.</exception>
    public static object Parse(Field field, string parameter, string text) =>
        text.Length == 0 ? throw RefusalException.Parameter(parameter, "needs a value") : field.Type switch
        {
            FieldType.Number when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            FieldType.Epoch when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => (decimal)seconds,
            FieldType.Flag when text is "true" or "false" => text == "true",
            FieldType.Date when WireFormat.IsDate(text) => text,
            FieldType.Instant when TryInstant(text, out var instant) => instant,
            FieldType.Choice when field.Choices.Contains(text, StringComparer.Ordinal) => text,
            FieldType.Text or FieldType.Reference => text,
            _ => throw RefusalException.Parameter(parameter, $"has a value that is not a legal {Name(field)}"),
        };

    private static bool TryInstant(string text, out string instant)
    {
        var parsed = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment);
        instant = parsed ? WireFormat.Instant(moment) : "";
        return parsed;
    }

    private static string Name(Field field) =>
        field.Type == FieldType.Choice ? "choice (" + string.Join(", ", field.Choices) + ")" : field.Type.ToString().ToLowerInvariant();
}
