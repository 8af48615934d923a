using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Protocols.Tryton.Values;

/// <summary>
/// Tryton's JSON: keys are numbers; decimals, dates and times are objects with a <c>__class__</c>. A relation followed in a path comes back
/// under the field's name with a dot: <c>party.name</c> is <c>{"party.":{"name":…}}</c>, and so do a one2many's records: <c>{"lines.":[…]}</c>.
/// </summary>
internal sealed class TrytonDialect : ValueDialect
{
    /// <summary>Has no state.</summary>
    public static TrytonDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override Codec? ForType(FieldType type) => type switch
    {
        FieldType.Key => KeyCodec.Number,
        FieldType.Decimal => TrytonDecimalCodec.Exact,
        FieldType.Date => TrytonTimeCodec.Date,
        FieldType.DateTime => TrytonTimeCodec.DateTime,
        _ => base.ForType(type),
    };

    /// <inheritdoc/>
    public override Codec? ForName(string name, FieldType type) => (name, type) switch
    {
        ("decimal", FieldType.Number) => TrytonDecimalCodec.Number,
        ("date", FieldType.Date) => TrytonTimeCodec.Date,
        ("date", FieldType.DateTime) => TrytonTimeCodec.DateTimeFromDate,
        ("datetime", FieldType.Date) => TrytonTimeCodec.DateFromDateTime,
        ("datetime", FieldType.DateTime) => TrytonTimeCodec.DateTime,
        _ => base.ForName(name, type),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Segments(string path)
    {
        var names = path.Split('.');
        return [.. names[..^1].Select(n => n + "."), names[^1]];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ItemSegments(string path) => [.. path.Split('.').Select(n => n + ".")];
}
