using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;
using Millwright.Functions.Http;

namespace Millwright.Functions.Raw;

/// <summary>The query string of a table: that of the entity lists, by the source's own field names.</summary>
internal static class RawQuery
{
    /// <summary>A table's name from the path, in which an escaped slash is left as it was sent.</summary>
    public static string TableOf(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it. Whatever it does not understand is refused, never ignored.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c> with all that is wrong.</exception>
    public static RawTableRequest Parse(string table, HttpRequest request)
    {
        var page = PageRequest.Of(request);
        var filters = new List<(string, FilterOperator, string)>();
        var sorts = new List<(string, bool)>();
        var problems = new List<ErrorDetail>();
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            if (Bracketed(name, "filter") is { } condition)
            {
                var colon = condition.LastIndexOf(':');
                if (FilterSyntax.Operator(colon < 0 ? "" : condition[(colon + 1)..]) is { } op)
                {
                    filters.Add((colon < 0 ? condition : condition[..colon], op, value));
                }
                else
                {
                    problems.Add(new ErrorDetail(name, $"Unknown operator. Known are {FilterSyntax.Names}."));
                }
            }
            else if (Bracketed(name, "sort") is { } field && value is "0" or "1")
            {
                sorts.Add((field, value == "1"));
            }
            else if (name is not ("page" or "per_page" or "cursor"))
            {
                problems.Add(new ErrorDetail(name, "There is no such parameter here, or its value is wrong. There are: page, per_page, cursor, filter[field:operator], sort[field] with 0 or 1."));
            }
        }

        var cursor = request.Query["cursor"].ToString() is { Length: > 0 } given ? given : null;
        return problems.Count == 0
            ? new RawTableRequest(table, page.Page, page.PerPage) { Cursor = cursor, Filters = filters, Sorts = sorts }
            : throw new ApiException(ErrorCode.InvalidRequest, "The request has parameters that are unknown or wrong.") { Details = problems };
    }

    private static string? Bracketed(string name, string word) =>
        name.Length > word.Length + 2 && name.StartsWith(word + "[", StringComparison.Ordinal) && name[^1] == ']' ? name[(word.Length + 1)..^1] : null;
}
