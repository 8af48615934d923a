using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;

namespace Millwright.Connectors.Protocols.Tryton.Values;

/// <summary>Dates and times: <c>{"__class__":"datetime","year":2026,"month":11,…,"microsecond":12193}</c>, in UTC.</summary>
internal sealed class TrytonTimeCodec : TemporalCodec
{
    private readonly bool _sourceIsDate;

    private TrytonTimeCodec(bool isDate, bool sourceIsDate)
        : base(isDate) => _sourceIsDate = sourceIsDate;

    /// <summary>A date that is a date in Tryton.</summary>
    public static TrytonTimeCodec Date { get; } = new(isDate: true, sourceIsDate: true);

    /// <summary>A date that is a time in Tryton.</summary>
    public static TrytonTimeCodec DateFromDateTime { get; } = new(isDate: true, sourceIsDate: false);

    /// <summary>A time.</summary>
    public static TrytonTimeCodec DateTime { get; } = new(isDate: false, sourceIsDate: false);

    /// <summary>A time that is only a date in Tryton.</summary>
    public static TrytonTimeCodec DateTimeFromDate { get; } = new(isDate: false, sourceIsDate: true);

    /// <inheritdoc/>
    protected override bool TryParse(in SourceToken token, out Moment? moment)
    {
        moment = null;
        if (token.Type != JsonTokenType.StartObject)
        {
            return false;
        }

        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0;
        var reader = new Utf8JsonReader(token.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
            {
                reader.Skip();
                continue;
            }

            if (!reader.TryGetInt32(out var value))
            {
                return false;
            }

            _ = part switch
            {
                _ when part.SequenceEqual("year"u8) => year = value,
                _ when part.SequenceEqual("month"u8) => month = value,
                _ when part.SequenceEqual("day"u8) => day = value,
                _ when part.SequenceEqual("hour"u8) => hour = value,
                _ when part.SequenceEqual("minute"u8) => minute = value,
                _ when part.SequenceEqual("second"u8) => second = value,
                _ when part.SequenceEqual("microsecond"u8) => microsecond = value,
                _ => value,
            };
        }

        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > System.DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || microsecond is < 0 or > 999_999)
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        moment = new Moment(local, Fraction: microsecond, FractionDigits: microsecond == 0 ? 0 : 6);
        return true;
    }

    /// <inheritdoc/>
    protected override JsonNode ToSource(Moment moment)
    {
        var time = _sourceIsDate ? moment.Local : moment.Utc;
        var source = new JsonObject
        {
            ["__class__"] = _sourceIsDate ? "date" : "datetime",
            ["year"] = time.Year,
            ["month"] = time.Month,
            ["day"] = time.Day,
        };
        if (!_sourceIsDate)
        {
            source["hour"] = time.Hour;
            source["minute"] = time.Minute;
            source["second"] = time.Second;
            source["microsecond"] = Microsecond(moment);
        }

        return source;
    }

    private static int Microsecond(Moment moment)
    {
        long fraction = moment.Fraction;
        for (var digits = moment.FractionDigits; digits < 6; digits++)
        {
            fraction *= 10;
        }

        for (var digits = moment.FractionDigits; digits > 6; digits--)
        {
            fraction /= 10;
        }

        return (int)fraction;
    }
}
