using System.Globalization;

namespace Millwright.Chaos.Tests;

/// <summary>What a run can be told by environment variables.</summary>
internal static class Settings
{
    /// <summary>A number, or <paramref name="fallback"/> where it is not set.</summary>
    public static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
