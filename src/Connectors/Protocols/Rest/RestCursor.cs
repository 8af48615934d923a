using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Our cursors: a mark of the list and its conditions, then the source's own cursor. One list's cursor cannot be used with another.</summary>
internal static class RestCursor
{
    private const int MarkLength = 12;

    /// <summary>Wraps the source's cursor.</summary>
    /// <param name="cursor">The source's.</param>
    /// <param name="list">The list's request without its paging.</param>
    public static string Wrap(string cursor, RestRequest list) => Base64Url.EncodeToString([.. Mark(list), .. Encoding.UTF8.GetBytes(cursor)]);

    /// <summary>The source's cursor.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: it was not given out for this list.</exception>
    public static string Unwrap(string cursor, RestRequest list)
    {
        var bytes = Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        return bytes.Length > MarkLength && bytes.AsSpan(0, MarkLength).SequenceEqual(Mark(list))
            ? Encoding.UTF8.GetString(bytes.AsSpan(MarkLength))
            : throw Invalid();
    }

    /// <summary>The error for a cursor that is not taken.</summary>
    public static ApiException Invalid(Exception? cause = null) =>
        new(ErrorCode.InvalidCursor, "The cursor does not belong to this list and filter, or the connected system no longer takes it. Start again without one.", cause);

    private static byte[] Mark(RestRequest list) => SHA256.HashData(Encoding.UTF8.GetBytes($"{list.Path}?{string.Join('&', list.Parameters)}"))[..MarkLength];
}
