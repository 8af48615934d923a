namespace Millwright.Core.Connections.Raw;

/// <summary>A page of a table, in the source's own form.</summary>
/// <param name="Records">One JSON array.</param>
/// <param name="Count">How many are in it.</param>
/// <param name="Total">How many there are in all; null where the source does not say.</param>
/// <param name="HasMore">Whether another page follows.</param>
public sealed record RawPage(ReadOnlyMemory<byte> Records, int Count, long? Total, bool HasMore)
{
    /// <summary>Leads to the page after this one in a source that only pages forward; null on the last one, and for sources with page numbers.</summary>
    public string? NextCursor { get; init; }
}
