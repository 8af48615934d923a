namespace Millwright.Core.Connections;

/// <summary>What an operation answered, as normalized JSON.</summary>
/// <param name="Data">UTF-8 JSON: an array for a list, an object for a record, empty for a delete.</param>
public sealed record EntityResult(ReadOnlyMemory<byte> Data)
{
    /// <summary>Records in a list's page.</summary>
    public int Count { get; init; }

    /// <summary>Records in the whole list; null where the source does not say.</summary>
    public long? Total { get; init; }

    /// <summary>Opaque; continues the list of a source that only pages forward. Null on the last page and for sources with page numbers.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Whether a list without a <see cref="Total"/> goes on after this page.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether this is the recorded answer to an earlier request with the same Idempotency-Key.</summary>
    public bool Replayed { get; init; }
}
