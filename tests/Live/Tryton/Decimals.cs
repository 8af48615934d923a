using System.Globalization;

namespace Millwright.Live.Tests.Tryton;

/// <summary>Compares decimals by their value: <c>4.2</c> is <c>4.2000</c>.</summary>
internal static class Decimals
{
    public static bool Equal(string? left, string? right) =>
        left is not null && right is not null && decimal.Parse(left, CultureInfo.InvariantCulture) == decimal.Parse(right, CultureInfo.InvariantCulture);
}
