using System.Text;
using CsCheck;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>Texts that programs trip over.</summary>
internal static class OddTexts
{
    /// <summary>Decoded texts.</summary>
    public static readonly Gen<string> Any = Gen.Frequency(
        (6, Gen.OneOf(
            "", " ", ".", "..", "...", "~", "%", "%2F", "%00", "'", "\"", "\\", "/", "//", "?", "#", "&", "=", "[", "]", "[]", ":", ";", ",", "\t", "\r\n", "\0",
            "\u001b[31m", "\v", "ü", "\u0130", "😀", "\u202e", "\ufeff", "\uffff", "null", "undefined", "NaN", "true", "0", "-1", "1", "2", "3",
            "2147483647", "2147483648", "9223372036854775807", "-9223372036854775809", "1e400", "0x10", "1.0000000000000000000000000001",
            "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "2026-02-30", "2026-11-24", "2026-11-24T12:00:00.5Z",
            "../../../etc/passwd", "<script>", "' OR 1=1 --", "{{7*7}}", "${jndi:x}", "{key}", "status", "statuses", "materials", "all-materials")),
        (2, Gen.Int[1, 40].Select(Gen.OneOf('a', '/', '~', '\u00e9', '\u001f', '漢'), (n, c) => new string(c, n * n))),
        (2, Gen.String[0, 24].Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)))));

    /// <summary>Parts of a request target: percent-encoded, not at all where the wire takes it, or wrongly.</summary>
    public static readonly Gen<string> Encoded = Gen.Frequency(
        (6, Any.Select(Uri.EscapeDataString)),
        (1, Any.Select(t => string.Concat(t.Where(c => c is > ' ' and < '\u007f' and not '#')))),
        (1, Gen.OneOf("%", "%2", "%zz", "%ff", "%ed%a0%80", "%c0%af", "%2e%2e", "%252e", "%00", "+", "%0d%0aX-Injected:1")));

    /// <summary>Header values: whatever can stand in one line.</summary>
    public static readonly Gen<string> Header = Any.Select(t => string.Concat(t.Select(c => c is '\r' or '\n' or '\0' or > '\u00ff' ? '?' : c)));
}
