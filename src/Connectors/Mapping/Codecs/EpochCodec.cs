using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Dates and times that the source counts from 1970 in UTC. Empty text means no value.</summary>
public sealed class EpochCodec : TemporalCodec
{
    private readonly bool _millis;

    private EpochCodec(bool isDate, bool millis)
        : base(isDate) => _millis = millis;

    /// <summary>A time, in seconds in the source.</summary>
    public static EpochCodec Seconds { get; } = new(isDate: false, millis: false);

    /// <summary>A time, in milliseconds in the source.</summary>
    public static EpochCodec Millis { get; } = new(isDate: false, millis: true);

    /// <summary>A date, in seconds in the source.</summary>
    public static EpochCodec DateFromSeconds { get; } = new(isDate: true, millis: false);

    /// <summary>A date, in milliseconds in the source.</summary>
    public static EpochCodec DateFromMillis { get; } = new(isDate: true, millis: true);

    /// <inheritdoc/>
    protected override bool TryParse(in SourceToken token, out Moment? moment)
    {
        moment = null;
        if (token.Type is not (JsonTokenType.Number or JsonTokenType.String) || !token.TryGetText(stackalloc byte[64], out var text))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            return true;
        }

        // 28 digits hold any count of nanoseconds; a decimal keeps a fraction exact.
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var seconds = _millis ? count / 1000 : count;
        var whole = decimal.Floor(seconds);
        if (whole < DateTimeOffset.MinValue.ToUnixTimeSeconds() || whole > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        var fraction = (seconds - whole) / 1.0000000000000000000000000000m;
        var digits = Math.Min((int)fraction.Scale, 9);
        moment = new Moment(DateTime.UnixEpoch.AddSeconds((double)whole), 0, (int)(fraction * Power(digits)), digits);
        return true;
    }

    /// <inheritdoc/>
    protected override JsonNode ToSource(Moment moment)
    {
        var seconds = (decimal)((moment.Utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + (moment.Fraction / Power(moment.FractionDigits));
        var count = (_millis ? seconds * 1000 : seconds) / 1.0000000000000000000000000000m;
        return count == decimal.Floor(count) ? JsonValue.Create((long)count) : JsonValue.Create(count);
    }

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}
