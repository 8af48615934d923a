namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Dates and times as ISO 8601 text.</summary>
public static class IsoText
{
    /// <summary>The longest text that comes out, in bytes.</summary>
    public const int MaxLength = 32;

    /// <summary>Reads <c>2026-11-23</c>, <c>2026-11-23T11:12:22.012193+01:00</c> and what lies between; a space may stand for the T, seconds and offset may lack.</summary>
    /// <returns>False where the text is nothing of that kind, or no such day or time exists.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out Moment moment)
    {
        moment = default;
        if (text.Length < 10 || text[4] != (byte)'-' || text[7] != (byte)'-'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        var rest = text[10..];
        if (rest.IsEmpty)
        {
            moment = new Moment(date);
            return true;
        }

        if ((rest[0] != (byte)'T' && rest[0] != (byte)' ') || !TryClock(rest[1..], out var seconds, out rest)
            || !TryFraction(ref rest, out var fraction, out var digits) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        moment = new Moment(date.AddSeconds(seconds), offset, fraction, digits);
        return true;
    }

    /// <summary>Writes <c>2026-11-23</c>, the date at the moment's own offset.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteDate(Moment moment, Span<byte> output)
    {
        Digits(moment.Local.Year, output[..4]);
        output[4] = (byte)'-';
        Digits(moment.Local.Month, output[5..7]);
        output[7] = (byte)'-';
        Digits(moment.Local.Day, output[8..10]);
        return 10;
    }

    /// <summary>Writes <c>2026-11-23T10:12:22.012193Z</c>, in UTC, with the fraction the moment has.</summary>
    /// <returns>The bytes written.</returns>
    public static int WriteUtc(Moment moment, Span<byte> output)
    {
        var utc = moment.Utc;
        WriteDate(new Moment(utc), output);
        output[10] = (byte)'T';
        Digits(utc.Hour, output[11..13]);
        output[13] = (byte)':';
        Digits(utc.Minute, output[14..16]);
        output[16] = (byte)':';
        Digits(utc.Second, output[17..19]);
        var length = 19;
        if (moment.FractionDigits > 0)
        {
            output[19] = (byte)'.';
            Digits(moment.Fraction, output.Slice(20, moment.FractionDigits));
            length = 20 + moment.FractionDigits;
        }

        output[length] = (byte)'Z';
        return length + 1;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out int seconds, out ReadOnlySpan<byte> rest)
    {
        seconds = 0;
        rest = default;
        if (text.Length < 5 || text[2] != (byte)':' || !TryNumber(text[..2], out var hour) || !TryNumber(text[3..5], out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        var second = 0;
        rest = text[5..];
        if (rest.Length >= 3 && rest[0] == (byte)':')
        {
            if (!TryNumber(rest[1..3], out second) || second > 59)
            {
                return false;
            }

            rest = rest[3..];
        }

        seconds = (((hour * 60) + minute) * 60) + second;
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out int fraction, out int digits)
    {
        fraction = digits = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var other ? other + 1 : rest.Length;
        digits = Math.Min(end - 1, 9);
        var read = digits > 0 && TryNumber(rest.Slice(1, digits), out fraction);
        rest = rest[end..];
        return read;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.IsEmpty || rest is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        var colon = rest.Length == 6 && rest[3] == (byte)':';
        if (rest[0] is not ((byte)'+' or (byte)'-') || !(colon || rest.Length is 3 or 5) || !TryNumber(rest[1..3], out var hours))
        {
            return false;
        }

        var past = 0;
        if ((rest.Length > 3 && !TryNumber(rest[^2..], out past)) || hours > 23 || past > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + past) * (rest[0] == (byte)'-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private static void Digits(int number, Span<byte> output)
    {
        for (var i = output.Length - 1; i >= 0; i--)
        {
            output[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
