using Millwright.Core.Events;
using Millwright.Core.Storage;

namespace Millwright.Core.Changes;

/// <summary>Writes the event of a record's change.</summary>
internal static class RecordEvent
{
    /// <summary>The event. A record too large for the feed is left out, which the event says.</summary>
    public static FeedEvent Of(Observation seen, RecordChange change, DateTimeOffset now) =>
        Of(EventId.Of($"{seen.ConnectionId}\n{seen.Entity}\n{seen.Key}\n{change.Sequence}"), seen, change, now);

    /// <summary>The event under an id of its own.</summary>
    public static FeedEvent Of(string id, Observation seen, RecordChange change, DateTimeOffset now)
    {
        var type = EventType.Of(seen.Entity, change.Kind);
        var json = Write(id, type, seen, change, now, withRecord: true);
        if (!ChunkedBytes.Fit(json))
        {
            json = Write(id, type, seen, change, now, withRecord: false);
        }

        return new FeedEvent(id, type, now, seen.ApplicationId, seen.ConnectionId, json) { Entity = seen.Entity };
    }

    private static byte[] Write(string id, string type, Observation seen, RecordChange change, DateTimeOffset now, bool withRecord) => EventJson.Of(
        id,
        type,
        now,
        json =>
        {
            json.WriteString("connectionId", seen.ConnectionId);
            json.WriteString("provider", seen.Provider);
            json.WriteString("entity", seen.Entity);
            json.WriteString("key", seen.Key);
            json.WriteString("change", EventType.NameOf(change.Kind));
            json.WriteNumber("sequence", change.Sequence);
            json.WriteString("beforeHash", change.BeforeHash);
            json.WriteString("afterHash", change.AfterHash);
            json.WriteString("source", seen.Source);
            json.WriteString("requestId", seen.RequestId);
            json.WriteString("receivedAt", seen.ReceivedAt.UtcDateTime);
            if (!withRecord)
            {
                json.WriteBoolean("dataOmitted", true);
            }
        },
        withRecord && seen.Record is { } record ? record : "null"u8.ToArray());
}
