namespace Millwright.Connectors.Protocols.Rest;

/// <summary>One page of a source's list, taken apart.</summary>
/// <param name="Items">The records: one JSON array.</param>
/// <param name="Total">How many records the whole list has; null where the source does not say.</param>
/// <param name="Next">The source's cursor of the page after; null where there is none.</param>
internal sealed record RestPage(ReadOnlyMemory<byte> Items, long? Total, string? Next);
