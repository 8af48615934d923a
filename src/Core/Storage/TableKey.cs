using System.Buffers;
using System.Text;

namespace Millwright.Core.Storage;

/// <summary>Makes table keys of any text.</summary>
public static class TableKey
{
    private const char Escape = '~';

    /// <summary>What a key may not hold: <c>/ \ # ?</c> and the control characters.</summary>
    internal static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. "/\\#?~", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    /// <summary>The text with every character that a key may not hold as <c>~</c> and four hex digits. Two texts never share a key.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAny(Escaped))
        {
            return text;
        }

        var key = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = Escaped.Contains(c) ? key.Append(Escape).Append(((int)c).ToString("X4")) : key.Append(c);
        }

        return key.ToString();
    }
}
