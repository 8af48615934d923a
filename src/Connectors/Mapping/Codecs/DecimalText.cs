using System.Buffers.Text;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Decimal numbers as text, digit for digit: never through a binary number.</summary>
public static class DecimalText
{
    /// <summary>The longest text that is taken and the longest that comes out, in bytes. Far above what amounts need.</summary>
    public const int MaxLength = 128;

    private const int MaxShift = 64;

    /// <summary>
    /// Writes a number as JSON has it, without an exponent: <c>+1.50e2</c> becomes <c>150</c>, <c>.5</c> becomes <c>0.5</c>, <c>4.20</c> stays.
    /// </summary>
    /// <param name="text">The number.</param>
    /// <param name="output">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="written">The bytes written.</param>
    /// <returns>False where the text is no number, or one too long to write so.</returns>
    public static bool TryNormalize(ReadOnlySpan<byte> text, Span<byte> output, out int written)
    {
        written = 0;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var rest = text;
        var negative = rest[0] == (byte)'-';
        if (rest[0] is (byte)'-' or (byte)'+')
        {
            rest = rest[1..];
        }

        var whole = TakeDigits(ref rest);
        ReadOnlySpan<byte> fraction = default;
        var point = rest.Length > 0 && rest[0] == (byte)'.';
        if (point)
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (whole.Length + fraction.Length == 0)
        {
            return false;
        }

        var shift = 0;
        if (rest.Length > 0)
        {
            if ((rest[0] | 0x20) != 'e' || !TryShift(rest[1..], out shift))
            {
                return false;
            }
        }
        else if (text[0] != (byte)'+' && whole.Length > 0 && (whole.Length == 1 || whole[0] != (byte)'0') && point == (fraction.Length > 0))
        {
            text.CopyTo(output);
            written = text.Length;
            return true;
        }

        return TryCompose(negative, whole, fraction, shift, output, out written);
    }

    /// <summary>Cuts a fraction of zeros off a normalized number.</summary>
    /// <returns>False where the fraction is not zero.</returns>
    public static bool TryWhole(ReadOnlySpan<byte> normalized, out int length)
    {
        var point = normalized.IndexOf((byte)'.');
        length = point < 0 ? normalized.Length : point;
        return point < 0 || normalized[(point + 1)..].TrimEnd((byte)'0').IsEmpty;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryShift(ReadOnlySpan<byte> exponent, out int shift) =>
        Utf8Parser.TryParse(exponent, out shift, out var consumed) && consumed == exponent.Length && shift is >= -MaxShift and <= MaxShift;

    private static bool TryCompose(bool negative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int shift, Span<byte> output, out int written)
    {
        written = 0;
        var digits = whole.Length + fraction.Length;
        var point = whole.Length + shift;
        if (digits + Math.Abs(shift) + 3 > MaxLength)
        {
            return false;
        }

        if (negative)
        {
            output[written++] = (byte)'-';
        }

        // Before the point: from the first digit that is not zero, at least the one right before the point.
        var first = 0;
        while (first < point - 1 && DigitAt(whole, fraction, first) == (byte)'0')
        {
            first++;
        }

        for (var i = Math.Min(first, point - 1); i < Math.Max(digits, point); i++)
        {
            if (i == point)
            {
                output[written++] = (byte)'.';
            }

            output[written++] = DigitAt(whole, fraction, i);
        }

        return true;
    }

    private static byte DigitAt(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int place) =>
        place < 0 || place >= whole.Length + fraction.Length ? (byte)'0'
        : place < whole.Length ? whole[place]
        : fraction[place - whole.Length];
}
