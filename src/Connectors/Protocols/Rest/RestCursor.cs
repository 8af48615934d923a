using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Our cursors: the source's own behind a mark of the list it belongs to, so that it is not taken for another list's.</summary>
internal static class RestCursor
{
    private const int MarkLength = 12;

    /// <summary>Wraps the source's cursor.</summary>
    public static string Wrap(string source, string entity, ListQuery query) =>
        Base64Url.EncodeToString([.. Mark(entity, query), .. Encoding.UTF8.GetBytes(source)]);

    /// <summary>The source's cursor, or null for the first page.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: it was not given out for this list.</exception>
    public static string? Unwrap(string entity, ListQuery query)
    {
        if (query.Cursor is not { } cursor)
        {
            return null;
        }

        var bytes = Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        return bytes.Length > MarkLength && bytes.AsSpan(0, MarkLength).SequenceEqual(Mark(entity, query))
            ? Encoding.UTF8.GetString(bytes.AsSpan(MarkLength))
            : throw Invalid();
    }

    /// <summary>The error for a cursor that is not taken.</summary>
    public static ApiException Invalid() =>
        new(ErrorCode.InvalidCursor, "The cursor does not belong to this list and filter, or the connected system no longer takes it. Start again without one.");

    private static byte[] Mark(string entity, ListQuery query)
    {
        var list = new StringBuilder(entity).Append('\n').Append(query.Match);
        foreach (var filter in query.Filters)
        {
            list.Append('\n').Append(filter.Field.Name).Append('\0').Append(filter.Operator).Append('\0').AppendJoin('\0', filter.Values);
        }

        foreach (var sort in query.Sorts)
        {
            list.Append("\n\n").Append(sort.Field.Name).Append(sort.Descending);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString()))[..MarkLength];
    }
}
