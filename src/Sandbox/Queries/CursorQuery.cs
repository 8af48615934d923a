using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Queries;

/// <summary>A list call that reads forward: the records after the cursor, in order of creation.</summary>
internal sealed class CursorQuery
{
    private long _after;
    private int _limit = QueryValues.DefaultSize;
    private Condition? _filter;

    /// <exception cref="RefusalException">A parameter is unknown or has a bad value.</exception>
    public static CursorQuery Parse(Collection collection, IQueryCollection parameters)
    {
        var query = new CursorQuery();
        foreach (var (name, values) in parameters)
        {
            var value = QueryValues.Single(name, values);
            if (name == "limit")
            {
                query._limit = QueryValues.Whole(name, values, QueryValues.LargestSize);
            }
            else if (name == "cursor")
            {
                query._after = value.Length == 0 ? 0 : Position(value);
            }
            else if (name == collection.CursorFilter)
            {
                query._filter = Condition.Parse(collection, name, value);
            }
            else
            {
                throw RefusalException.Parameter(name, $"is not a parameter of {collection.Name}, which takes cursor, limit and {collection.CursorFilter}");
            }
        }

        return query;
    }

    /// <summary>The records of this call, and the cursor of the next one; null when there are no more.</summary>
    public (IReadOnlyList<Record> Records, string? NextCursor) Apply(Record[] rows)
    {
        var found = rows.Where(row => row.Sequence > _after && _filter?.Matches(row) != false).Take(_limit + 1).ToList();
        if (found.Count <= _limit)
        {
            return (found, null);
        }

        found.RemoveAt(_limit);
        return (found, Cursor(found[^1].Sequence));
    }

    private static string Cursor(long sequence)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        return Base64Url.EncodeToString(bytes);
    }

    private static long Position(string cursor)
    {
        var bytes = new byte[sizeof(long)];
        return Base64Url.IsValid(cursor, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : throw RefusalException.Parameter("cursor", "was not given out by this list");
    }
}
