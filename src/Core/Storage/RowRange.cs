namespace Millwright.Core.Storage;

/// <summary>A range of row keys in ordinal order.</summary>
/// <param name="From">The first key that belongs to the range; null for the partition's start.</param>
/// <param name="Before">The first key after the range; null for the partition's end.</param>
/// <param name="Take">At most how many rows; null for all.</param>
public sealed record RowRange(string? From = null, string? Before = null, int? Take = null)
{
    /// <summary>The whole partition.</summary>
    public static RowRange All { get; } = new();

    /// <summary>The keys that start with <paramref name="prefix"/>, which is not empty and does not end in U+FFFF.</summary>
    public static RowRange StartingWith(string prefix) => new(prefix, prefix[..^1] + (char)(prefix[^1] + 1));
}
