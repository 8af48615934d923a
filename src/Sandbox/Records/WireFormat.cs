using System.Globalization;

namespace Millwright.Sandbox.Records;

/// <summary>Moments and dates as text: of fixed width, so that they sort as they read.</summary>
internal static class WireFormat
{
    /// <summary>The last second that an epoch may name: the end of the year 9999.</summary>
    public const long LastEpoch = 253_402_300_799;

    public static string Instant(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsEpoch(decimal seconds) => seconds is >= 0 and <= LastEpoch && decimal.IsInteger(seconds);
}
