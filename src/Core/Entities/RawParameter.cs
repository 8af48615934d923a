using Millwright.Core.Errors;

namespace Millwright.Core.Entities;

/// <summary>The one query parameter of calls that are no lists: <c>raw=true</c>.</summary>
internal static class RawParameter
{
    private const string Name = "raw";

    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>: another parameter, or another value.</exception>
    public static bool Parse(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        ErrorDetail[] problems =
        [
            .. parameters.Where(p => p.Key != Name).Select(p => new ErrorDetail(p.Key, $"There is no such parameter here. There is {Name}.")),
            .. parameters.Where(p => p.Key == Name && p.Value is not ("true" or "false")).Select(p => new ErrorDetail(p.Key, "true or false.")),
        ];
        return problems.Length == 0
            ? parameters.Any(p => p.Key == Name && p.Value == "true")
            : throw new ApiException(ErrorCode.InvalidRequest, "The request has parameters that are unknown or wrong.") { Details = problems };
    }
}
