using System.Buffers.Binary;
using System.Text;

namespace Millwright.Embedded.Tables;

/// <summary>
/// Keys as bytes whose order is .NET's ordinal order of the text. UTF-8 would sort characters outside the basic plane behind U+FFFF, while
/// their surrogates sort before U+E000.
/// </summary>
internal static class OrdinalKey
{
    /// <summary>Takes half a surrogate pair as well, since the end of a range may be one.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new byte[2 * text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), text[i]);
        }

        return bytes;
    }

    public static string Decode(byte[] key) => Encoding.BigEndianUnicode.GetString(key);

    /// <summary>The smallest key after this one.</summary>
    public static byte[] After(byte[] key) => [.. key, 0, 0];
}
