using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Which page of one of our own lists is asked for.</summary>
internal sealed record PageRequest(int Page, int PerPage)
{
    private const int DefaultPerPage = 50;
    private const int MaxPerPage = 1000;

    /// <summary>Reads <c>page</c> and <c>per_page</c>.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>.</exception>
    public static PageRequest Of(HttpRequest request, int maxPerPage = MaxPerPage) =>
        new(Number(request, "page", 1, int.MaxValue / MaxPerPage), Number(request, "per_page", DefaultPerPage, maxPerPage));

    /// <summary>The page's part of the list.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> all) => all.Skip((Page - 1) * PerPage).Take(PerPage);

    private static int Number(HttpRequest request, string name, int fallback, int max)
    {
        if (!request.Query.TryGetValue(name, out var text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new ApiException(ErrorCode.InvalidRequest, $"{name} must be a whole number from 1 to {max}.")
            {
                Details = [new ErrorDetail(name, $"A whole number from 1 to {max}.")],
            };
    }
}
