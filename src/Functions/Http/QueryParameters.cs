using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Takes a query string apart and collects everything that is wrong with it. What is not known is refused, never ignored.</summary>
internal sealed class QueryParameters
{
    private readonly IQueryCollection _query;
    private readonly List<ErrorDetail> _problems = [];

    /// <summary>Starts on a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The parameters that it may have.</param>
    public QueryParameters(HttpRequest request, params ReadOnlySpan<string> known)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (!known.Contains(name))
            {
                _problems.Add(new ErrorDetail(name, $"There is no such parameter here. There are: {string.Join(", ", known!)}."));
            }
            else if (values.Count > 1)
            {
                _problems.Add(new ErrorDetail(name, "The parameter is given twice."));
            }
        }
    }

    /// <summary>A text, or null where it is absent or empty.</summary>
    public string? Text(string name) => _query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A moment in ISO 8601, or null where it is absent.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        _problems.Add(new ErrorDetail(name, "A moment in ISO 8601, such as 2026-11-24T10:00:00Z."));
        return null;
    }

    /// <summary>One of an enumeration's names, its case ignored, or null where it is absent.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        _problems.Add(new ErrorDetail(name, $"One of: {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}."));
        return null;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c> with all that was wrong.</exception>
    public void Done()
    {
        if (_problems.Count > 0)
        {
            throw new ApiException(ErrorCode.InvalidRequest, "The request has parameters that are unknown or wrong.") { Details = _problems };
        }
    }
}
