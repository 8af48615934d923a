using System.Text.Json;
using Millwright.Core.Storage;

namespace Millwright.Core.Changes;

/// <summary>Reads a record's own times.</summary>
internal static class RecordTime
{
    /// <summary>The time in this field; null where the record has none.</summary>
    public static DateTimeOffset? Of(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.TryGetDateTimeOffset(out var time)
        && time >= TableLimits.EarliestTime // What some systems write for none, such as the year 1, is before that.
            ? time
            : null;
}
