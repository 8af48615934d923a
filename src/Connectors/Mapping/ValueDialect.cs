using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>How a protocol puts values and paths into JSON. The base class is plain JSON; a protocol overrides what it does differently.</summary>
public class ValueDialect
{
    /// <summary>Plain JSON: keys as text, decimals as numbers, dates and times as ISO 8601 text.</summary>
    public static ValueDialect Json { get; } = new();

    /// <summary>The codec for a unified type when the mapping names none; null where the type has no scalar form.</summary>
    public virtual Codec? ForType(FieldType type) => type switch
    {
        FieldType.String => TextCodec.Instance,
        FieldType.Key => KeyCodec.Text,
        FieldType.Integer => NumericCodec.Whole,
        FieldType.Number => NumericCodec.Number,
        FieldType.Decimal => NumericCodec.Exact,
        FieldType.Boolean => BooleanCodec.Instance,
        FieldType.Date => IsoCodec.Date,
        FieldType.DateTime => IsoCodec.DateTime,
        FieldType.Object => JsonCodec.AnyObject,
        FieldType.Any => JsonCodec.Any,
        _ => null,
    };

    /// <summary>The codec that a mapping names with <c>as</c>; null where there is none of that name for the unified type.</summary>
    public virtual Codec? ForName(string name, FieldType type) => (name, type) switch
    {
        ("text", FieldType.String or FieldType.Key) => TextCodec.Instance,
        ("text-key", FieldType.Key or FieldType.String) => KeyCodec.Text,
        ("integer-key", FieldType.Key or FieldType.String) => KeyCodec.Number,
        ("number", FieldType.Integer) => NumericCodec.Whole,
        ("number", FieldType.Number) => NumericCodec.Number,
        ("number", FieldType.Decimal) => NumericCodec.Exact,
        ("decimal-text", FieldType.Integer) => NumericCodec.WholeAsText,
        ("decimal-text", FieldType.Number) => NumericCodec.NumberAsText,
        ("decimal-text", FieldType.Decimal) => NumericCodec.ExactAsText,
        ("boolean", FieldType.Boolean) => BooleanCodec.Instance,
        ("date", FieldType.Date) => IsoCodec.Date,
        ("date", FieldType.DateTime) => IsoCodec.DateTimeFromDate,
        ("datetime", FieldType.Date) => IsoCodec.DateFromDateTime,
        ("datetime", FieldType.DateTime) => IsoCodec.DateTime,
        ("epoch-seconds", FieldType.Date) => EpochCodec.DateFromSeconds,
        ("epoch-seconds", FieldType.DateTime) => EpochCodec.Seconds,
        ("epoch-millis", FieldType.Date) => EpochCodec.DateFromMillis,
        ("epoch-millis", FieldType.DateTime) => EpochCodec.Millis,
        ("json", _) => JsonCodec.Any,
        _ => null,
    };

    /// <summary>The property names that lead to a source path, outermost first.</summary>
    public virtual IReadOnlyList<string> Segments(string path) => path.Split('.');

    /// <summary>The property names that lead to a list of records, outermost first.</summary>
    public virtual IReadOnlyList<string> ItemSegments(string path) => Segments(path);
}
