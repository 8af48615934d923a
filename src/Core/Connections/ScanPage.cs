namespace Millwright.Core.Connections;

/// <summary>A page of a walk over an entity's records.</summary>
/// <param name="Records">A UTF-8 JSON array of normalized records, each byte for byte as <c>get</c> answers it.</param>
/// <param name="Position">Opaque, at most 2,000 characters; continues the walk, in another process too. Null on the last page.</param>
public sealed record ScanPage(ReadOnlyMemory<byte> Records, string? Position)
{
    /// <summary>Records of the whole walk, where the source says; for showing progress.</summary>
    public long? Total { get; init; }
}
