using System.Globalization;
using Microsoft.Extensions.Primitives;
using Millwright.Sandbox.Http;

namespace Millwright.Sandbox.Queries;

/// <summary>Reads the parameters that are not filters.</summary>
internal static class QueryValues
{
    public const int DefaultSize = 50;
    public const int LargestSize = 200;

    /// <exception cref="RefusalException">Given twice, not a whole number, or out of bounds.</exception>
    public static int Whole(string parameter, StringValues values, int largest)
    {
        var valid = int.TryParse(Single(parameter, values), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return valid && number >= 1 && number <= largest
            ? number
            : throw RefusalException.Parameter(parameter, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {largest}"));
    }

    /// <exception cref="RefusalException">Given twice.</exception>
    public static string Single(string parameter, StringValues values) =>
        values.Count == 1 ? values[0]! : throw RefusalException.Parameter(parameter, "must be given once");
}
