using System.Text;
using CsCheck;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>JSON texts, most of them wrong in some way, as the bytes of a body.</summary>
internal static class OddJson
{
    private static readonly Gen<string> Text = OddTexts.Any.Select(Quote);

    /// <summary>Any value.</summary>
    public static readonly Gen<string> Value = Gen.Frequency(
        (5, Gen.OneOf(
            "null", "true", "false", "0", "-0", "1", "42", "-1", "4.20", "1e3", "1e400", "1e-400", "-1E+308", "9223372036854775808", "0.1e-27", "1e2147483648", "\"5\"", "\"4.20\"", "\"1\"",
            "123456789012345678901234567890123456789012345678901234567890", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u001b\"", "[]", "{}", "[null]", "[[]]", "[{}]",
            "{\"\":1}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "\"2026-11-24\"", "\"2026-11-24T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"",
            "[{\"materialKey\":\"1\",\"quantity\":\"5\",\"price\":\"4.20\"}]", "[{\"materialKey\":null,\"quantity\":{},\"price\":[]}]", "[{\"quantity\":\"79228162514264337593543950335\"}]")),
        (3, Text),
        (1, Gen.Int[1, 120].Select(Gen.Bool, (depth, array) => Nested(depth, array ? "[" : "{\"a\":", array ? "]" : "}"))));

    /// <summary>The body of a call that takes these fields, around one that is right.</summary>
    public static Gen<byte[]> Body(string right, IReadOnlyList<string> fields)
    {
        var name = Gen.Frequency((8, Gen.OneOf([.. fields])), (1, OddTexts.Any));
        var member = name.Select(Value, (n, v) => $"{Quote(n)}:{v}");
        var several = member.Array[0, 6].Select(m => $"{{{string.Join(',', m)}}}");
        var changed = member.Array[0, 2].Select(m => string.Concat(right.AsSpan(0, right.Length - 1), string.Concat(m.Select(x => "," + x)), "}"));
        var replaced = name.Select(Value, (n, v) => Replace(right, n, v));
        return Gen.Frequency(
            (5, changed.Select(Encoding.UTF8.GetBytes)),
            (5, replaced.Select(Encoding.UTF8.GetBytes)),
            (4, several.Select(Encoding.UTF8.GetBytes)),
            (1, Value.Select(Encoding.UTF8.GetBytes)),
            (1, several.Select(Gen.Double.Unit, (t, part) => Encoding.UTF8.GetBytes(t[..(int)(t.Length * part)]))),
            (1, several.Select(t => Encoding.UTF8.GetBytes("\ufeff" + t))),
            (1, several.Select(t => Encoding.Unicode.GetBytes(t))),
            (1, changed.Select(Gen.Int[0, 200], Gen.Byte, Spoil)),
            (1, Gen.Byte.Array[0, 64]));
    }

    // Another value for a member of a flat object, or one more member.
    private static string Replace(string right, string name, string value)
    {
        var at = right.IndexOf($"\"{name}\":", StringComparison.Ordinal);
        var start = at + name.Length + 3;
        var end = at < 0 ? -1 : right.IndexOfAny([',', '}'], start);
        return at < 0 ? $"{{{Quote(name)}:{value}}}" : right[..start] + value + right[end..];
    }

    private static byte[] Spoil(string text, int at, byte with)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[at % bytes.Length] = with;
        return bytes;
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Nested(int depth, string open, string close) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
}
