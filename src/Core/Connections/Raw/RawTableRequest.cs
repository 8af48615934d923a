using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Raw;

/// <summary>What is asked of a table, by the source's own field names.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Page">From 1; 1 with a cursor.</param>
/// <param name="PerPage">At most 1,000.</param>
public sealed record RawTableRequest(string Table, int Page, int PerPage)
{
    /// <summary>Continues where an earlier page ended, in a source that only pages forward; null otherwise.</summary>
    public string? Cursor { get; init; }

    /// <summary>All of them hold. Values are texts as the caller wrote them.</summary>
    public IReadOnlyList<(string Field, FilterOperator Operator, string Value)> Filters { get; init; } = [];

    /// <summary>The most important first.</summary>
    public IReadOnlyList<(string Field, bool Descending)> Sorts { get; init; } = [];

    /// <summary>Refuses what the source's way of paging does not have.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="isForward">Whether the source only pages forward.</param>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>, <c>INVALID_CURSOR</c>.</exception>
    public static void CheckPaging(RawTableRequest request, bool isForward)
    {
        if (isForward && request.Page > 1)
        {
            throw new ApiException(ErrorCode.InvalidRequest, "The connected system pages this table forward only.")
            {
                Details = [new ErrorDetail("page", "Use the cursor in meta.next_cursor of the page before.")],
            };
        }

        if (!isForward && request.Cursor is not null)
        {
            throw new ApiException(ErrorCode.InvalidCursor, "The connected system pages this table by number; no cursor was given out.");
        }
    }
}
