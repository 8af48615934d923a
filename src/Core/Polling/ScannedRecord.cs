using System.Text.Json;
using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>A record of a scan's page.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Json">All of it, as it is.</param>
/// <param name="CreatedAt">When it was made, where it says so.</param>
/// <param name="UpdatedAt">When it changed last, where it says so.</param>
internal sealed record ScannedRecord(string Key, ReadOnlyMemory<byte> Json, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt)
{
    /// <summary>Takes a page apart.</summary>
    /// <exception cref="ApiException"><c>SOURCE_ERROR</c>: a record without a key.</exception>
    public static IReadOnlyList<ScannedRecord> Of(ScanPage page)
    {
        List<ScannedRecord> records = [];
        var reader = new Utf8JsonReader(page.Records.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            records.Add(Of(page.Records[start..(int)reader.BytesConsumed]));
        }

        return records;
    }

    private static ScannedRecord Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var record = document.RootElement;
        return record.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String
            ? new ScannedRecord(key.GetString()!, json, RecordTime.Of(record, "createdAt"), RecordTime.Of(record, "updatedAt"))
            : throw new ApiException(ErrorCode.SourceError, "The connected system lists a record without a key.");
    }
}
