namespace Millwright.Core.Entities.Queries;

/// <summary>What a list request asks for.</summary>
/// <param name="Filters">The conditions, in the order of the request.</param>
/// <param name="Match">How they combine.</param>
/// <param name="Sorts">The order, the first key being the coarsest.</param>
/// <param name="Page">Which page, from 1; 1 with a cursor.</param>
/// <param name="PerPage">Records in a page, 1 to <see cref="MaxPerPage"/>.</param>
/// <param name="Cursor">Continues where an earlier page ended; null for paging by number.</param>
/// <param name="IncludeRaw">Whether each record carries the source's own as <c>raw</c>.</param>
public sealed record ListQuery(
    IReadOnlyList<Filter> Filters,
    FilterMatch Match,
    IReadOnlyList<Sort> Sorts,
    int Page,
    int PerPage,
    string? Cursor,
    bool IncludeRaw)
{
    /// <summary>The page size where none is asked for.</summary>
    public const int DefaultPerPage = 50;

    /// <summary>The largest page size.</summary>
    public const int MaxPerPage = 1000;

    /// <summary>The first page of everything.</summary>
    public static ListQuery Everything { get; } = new([], FilterMatch.All, [], 1, DefaultPerPage, null, false);
}
