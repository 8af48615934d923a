using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Millwright.Functions.Http;

/// <summary>Where a page stands in its list, and the links to its neighbours.</summary>
/// <param name="Page">The page's number, from 1; null on a page reached by cursor.</param>
/// <param name="PerPage">Records on a full page.</param>
/// <param name="Count">Records on this page.</param>
/// <param name="Total">Records in the list; null where the source does not say.</param>
internal sealed record PageLinks(int? Page, int PerPage, int Count, long? Total)
{
    /// <summary>The cursor of the next page, for a source that only pages forward.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Whether there is a next page although the total is not known.</summary>
    public bool HasMore { get; init; }

    private long? LastPage => Total is { } total ? Math.Max(1, (total + PerPage - 1) / PerPage) : null;

    /// <summary>The <c>links</c> object.</summary>
    public object Links(HttpRequest request) => new
    {
        first = Page is null ? Without(request, "cursor") : At(request, 1),
        last = Page is null || LastPage is null ? null : At(request, LastPage.Value),
        prev = Page > 1 ? At(request, Page.Value - 1) : null,
        next = NextCursor is not null ? With(request, "cursor", NextCursor) : Page < LastPage || (Page is not null && HasMore) ? At(request, Page!.Value + 1L) : null,
    };

    /// <summary>The <c>meta</c> object.</summary>
    public object Meta(HttpRequest request)
    {
        long? from = Count == 0 || Page is null ? null : ((Page.Value - 1L) * PerPage) + 1;
        return new
        {
            current_page = Page,
            from,
            last_page = LastPage,
            path = PathOf(request),
            per_page = PerPage,
            to = from + Count - 1,
            total = Total,
            next_cursor = NextCursor,
        };
    }

    private static string PathOf(HttpRequest request) => UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path);

    private static string At(HttpRequest request, long page) => With(request, "page", page.ToString());

    private static string With(HttpRequest request, string name, string value) => QueryHelpers.AddQueryString(Without(request, name), name, value);

    private static string Without(HttpRequest request, string name)
    {
        var query = new List<KeyValuePair<string, string?>>();
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (!pair.DecodeName().Span.SequenceEqual(name))
            {
                query.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
            }
        }

        return QueryHelpers.AddQueryString(PathOf(request), query);
    }
}
