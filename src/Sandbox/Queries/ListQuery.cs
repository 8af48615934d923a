using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Queries;

/// <summary>A list call by page numbers: which records, in which order, which page.</summary>
internal sealed class ListQuery
{
    private readonly List<Condition> _conditions = [];
    private readonly List<(int Index, bool Descending)> _sort = [];
    private bool _matchAny;

    public int Page { get; private set; } = 1;

    public int PageSize { get; private set; } = QueryValues.DefaultSize;

    /// <exception cref="RefusalException">A parameter is unknown or has a bad value.</exception>
    public static ListQuery Parse(Collection collection, IQueryCollection parameters)
    {
        var query = new ListQuery();
        foreach (var (name, values) in parameters)
        {
            if (name == "match")
            {
                var match = QueryValues.Single(name, values);
                query._matchAny = match is "any" or "all" ? match == "any" : throw RefusalException.Parameter(name, "must be any or all");
            }
            else if (name == "sort")
            {
                query._sort.AddRange(QueryValues.Single(name, values).Split(',').Select(key => SortKey(collection, key)));
            }
            else if (!query.TryPaging(name, values))
            {
                query._conditions.AddRange(values.Select(value => Condition.Parse(collection, name, value ?? "")));
            }
        }

        return query;
    }

    /// <summary>The call for a nested list, which can only be paged.</summary>
    /// <exception cref="RefusalException">A parameter is unknown or has a bad value.</exception>
    public static ListQuery ParsePaging(IQueryCollection parameters)
    {
        var query = new ListQuery();
        foreach (var (name, values) in parameters)
        {
            if (!query.TryPaging(name, values))
            {
                throw RefusalException.Parameter(name, "is not a parameter of this list, which takes page and page_size");
            }
        }

        return query;
    }

    /// <summary>All matching records in order.</summary>
    public IReadOnlyList<Record> Apply(Record[] rows)
    {
        var matching = _conditions.Count == 0 ? rows : Array.FindAll(rows, Matches);
        if (_sort.Count == 0)
        {
            return matching;
        }

        var sorted = (Record[])matching.Clone();
        Array.Sort(sorted, Compare);
        return sorted;
    }

    /// <summary>The elements on this call's page.</summary>
    public IEnumerable<T> PageOf<T>(IReadOnlyList<T> all)
    {
        var first = (Page - 1L) * PageSize;
        for (var i = first; i < Math.Min(all.Count, first + PageSize); i++)
        {
            yield return all[(int)i];
        }
    }

    private static (int Index, bool Descending) SortKey(Collection collection, string key)
    {
        var descending = key.StartsWith('-');
        var index = collection.IndexOf(descending ? key[1..] : key);
        return index >= 0 ? (index, descending) : throw RefusalException.Parameter("sort", $"names '{key}', which is not a field of {collection.Name}");
    }

    private bool TryPaging(string name, Microsoft.Extensions.Primitives.StringValues values)
    {
        switch (name)
        {
            case "page":
                Page = QueryValues.Whole(name, values, int.MaxValue);
                return true;
            case "page_size":
                PageSize = QueryValues.Whole(name, values, QueryValues.LargestSize);
                return true;
            default:
                return false;
        }
    }

    private bool Matches(Record record) =>
        _matchAny ? _conditions.Exists(condition => condition.Matches(record)) : _conditions.TrueForAll(condition => condition.Matches(record));

    private int Compare(Record left, Record right)
    {
        foreach (var (index, descending) in _sort)
        {
            var order = ValueOrder.Compare(left.Values[index], right.Values[index]);
            if (order != 0)
            {
                return descending ? -order : order;
            }
        }

        return left.Sequence.CompareTo(right.Sequence);
    }
}
