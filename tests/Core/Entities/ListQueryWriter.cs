using System.Globalization;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Tests.Entities;

/// <summary>Writes a list request as query parameters, the twin of the parser. Reading them gives the same request.</summary>
internal static class ListQueryWriter
{
    /// <summary>The parameters, not encoded, without those that have their default value.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(ListQuery query)
    {
        foreach (var filter in query.Filters)
        {
            yield return new(FilterSyntax.Parameter(filter.Field.Name, filter.Operator), string.Join(',', filter.Values));
        }

        if (query.Match == FilterMatch.Any)
        {
            yield return new("filterMatch", "any");
        }

        foreach (var sort in query.Sorts)
        {
            yield return new($"sort[{sort.Field.Name}]", sort.Descending ? "1" : "0");
        }

        if (query.Cursor is not null)
        {
            yield return new("cursor", query.Cursor);
        }
        else if (query.Page != 1)
        {
            yield return new("page", query.Page.ToString(CultureInfo.InvariantCulture));
        }

        if (query.PerPage != ListQuery.DefaultPerPage)
        {
            yield return new("per_page", query.PerPage.ToString(CultureInfo.InvariantCulture));
        }

        if (query.IncludeRaw)
        {
            yield return new("raw", "true");
        }
    }
}
