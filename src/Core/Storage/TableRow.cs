namespace Millwright.Core.Storage;

/// <summary>A row: two keys and named properties.</summary>
/// <remarks>
/// A property is a <see cref="string"/>, <see cref="long"/>, finite <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateTimeOffset"/> (stored as UTC, to 100 ns) or <see cref="byte"/> array; it is absent rather than null.
/// Its name is 1 to 255 ASCII letters, digits and underscores, no digit first, and is not PartitionKey, RowKey or Timestamp.
/// </remarks>
/// <param name="PartitionKey">Rows that are read in order or changed together share it.</param>
/// <param name="RowKey">Unique in the partition.</param>
public sealed record TableRow(string PartitionKey, string RowKey)
{
    /// <summary>The version the row had when it was read; null on a row that was not read from a table.</summary>
    public string? ETag { get; init; }

    /// <summary>The properties by name.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>The property as text, or null where it is absent.</summary>
    public string? Text(string property) => (string?)Properties.GetValueOrDefault(property);

    /// <summary>The property as a time, or null where it is absent.</summary>
    public DateTimeOffset? Time(string property) => (DateTimeOffset?)Properties.GetValueOrDefault(property);

    /// <summary>The property as a number, or null where it is absent.</summary>
    public long? Number(string property) => (long?)Properties.GetValueOrDefault(property);

    /// <summary>The property as bytes, or null where it is absent.</summary>
    public byte[]? Bytes(string property) => (byte[]?)Properties.GetValueOrDefault(property);
}
