using System.Globalization;

namespace Millwright.Core.Tests.Bench;

/// <summary>A version of a record of the fake source.</summary>
internal sealed record SourceRecord(string Key, long Version, DateTimeOffset UpdatedAt, string Title, bool Gone)
{
    /// <summary>As normalized JSON.</summary>
    public string ToJson(bool timed) => timed
        ? $$"""{"key":"{{Key}}","title":"{{Title}}","updatedAt":"{{UpdatedAt.ToString("O", CultureInfo.InvariantCulture)}}"}"""
        : $$"""{"key":"{{Key}}","title":"{{Title}}"}""";
}
