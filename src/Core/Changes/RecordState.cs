using Millwright.Core.Events;
using Millwright.Core.Storage;

namespace Millwright.Core.Changes;

/// <summary>What is known of a record: not its content, only a hash of it, and where its events stand.</summary>
public sealed record RecordState
{
    /// <summary>The property that holds the record's key as it is; the row's key may be a hash of it.</summary>
    internal const string KeyText = "Key";

    /// <summary>The property that is there where <see cref="Unlisted"/> holds.</summary>
    internal const string UnlistedFlag = "Unlisted";

    /// <summary>The property that only a record with an event to be sent has.</summary>
    internal const string PendingId = "PendingId";

    private const string PendingJson = "Pending";

    /// <summary>Events so far; 0 for a record that was never seen, or only noted.</summary>
    public long Sequence { get; init; }

    /// <summary>The hash of the last content; null where the record is gone.</summary>
    public string? Hash { get; init; }

    /// <summary>The newest version applied, where the source tells.</summary>
    public long? Version { get; init; }

    /// <summary>The record's own time of change, as of the last content; null where it has none.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When the last read from the live system began.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When the newest applied webhook came in that brought the record itself.</summary>
    public DateTimeOffset? BroughtAt { get; init; }

    /// <summary>Whether the system has it without listing it, so that not coming upon it tells nothing.</summary>
    public bool Unlisted { get; init; }

    /// <summary>What led to the last event.</summary>
    public string? Cause { get; init; }

    /// <summary>When the last event entered the feed.</summary>
    public DateTimeOffset? EventAt { get; init; }

    /// <summary>An event that is decided but perhaps not in the feed yet; only around a crash.</summary>
    public FeedEvent? Pending { get; init; }

    /// <summary>The version that was read; null for a record that was never seen.</summary>
    public string? ETag { get; init; }

    internal static RecordState FromRow(TableRow row, string applicationId, string connectionId, string entity) => new()
    {
        Sequence = row.Number("Sequence")!.Value,
        Hash = row.Text("Hash"),
        Version = row.Number("Version"),
        UpdatedAt = row.Time("UpdatedAt"),
        ReadAt = row.Time("ReadAt"),
        BroughtAt = row.Time("BroughtAt"),
        Unlisted = row.Properties.ContainsKey(UnlistedFlag),
        Cause = row.Text("Cause"),
        EventAt = row.Time("EventAt"),
        Pending = ChunkedBytes.Of(row, PendingJson) is { } json
            ? new FeedEvent(row.Text(PendingId)!, row.Text("PendingType")!, row.Time("EventAt")!.Value, applicationId, connectionId, json) { Entity = entity }
            : null,
        ETag = row.ETag,
    };

    internal TableRow ToRow(string partition, string row, string key)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal) { [KeyText] = key, ["Sequence"] = Sequence };
        Add(properties, "Hash", Hash);
        Add(properties, "Version", Version);
        Add(properties, "UpdatedAt", UpdatedAt);
        Add(properties, "ReadAt", ReadAt);
        Add(properties, "BroughtAt", BroughtAt);
        Add(properties, UnlistedFlag, Unlisted ? true : null);
        Add(properties, "Cause", Cause);
        Add(properties, "EventAt", EventAt);
        if (Pending is { } pending)
        {
            properties[PendingId] = pending.Id;
            properties["PendingType"] = pending.Type;
            ChunkedBytes.Add(properties, PendingJson, pending.Json);
        }

        return new TableRow(partition, row) { ETag = ETag, Properties = properties };
    }

    private static void Add(Dictionary<string, object> properties, string name, object? value)
    {
        if (value is not null)
        {
            properties[name] = value;
        }
    }
}
