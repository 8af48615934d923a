using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;
using Millwright.Core.Events.Delivering;
using Millwright.Functions.Http;

namespace Millwright.Functions.Endpoints;

/// <summary>Which part of the delivery log is asked for. It grows at its front, so that pages are reached by cursor.</summary>
internal sealed record DeliveryPage(string? After, int PerPage)
{
    // A delivery may carry sixteen excerpts of answers.
    private const int MaxPerPage = 200;

    /// <summary>Reads <c>cursor</c> and <c>per_page</c>.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>, <c>INVALID_CURSOR</c>.</exception>
    public static DeliveryPage Of(HttpRequest request)
    {
        var page = PageRequest.Of(request, MaxPerPage);
        if (page.Page != 1)
        {
            throw new ApiException(ErrorCode.InvalidRequest, "This list has no numbered pages. Follow links.next.")
            {
                Details = [new ErrorDetail("page", "Use the cursor.")],
            };
        }

        var cursor = request.Query.TryGetValue("cursor", out var text) ? text.ToString() : null;
        return cursor is null || DeliveryLog.IsCursor(cursor)
            ? new DeliveryPage(cursor, page.PerPage)
            : throw new ApiException(ErrorCode.InvalidCursor, "The cursor is none of this list.");
    }
}
