using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Events;

namespace Millwright.Core.Polling;

/// <summary>Tells of syncs that came to their first end, or that began to fail or work again; not of every poll.</summary>
public sealed class SyncEvents(IEventLog events, TimeProvider time)
{
    /// <summary>A sync came to its end for the first time, after failures, or because somebody asked for it.</summary>
    internal Task CompletedAsync(EntityRun run, CancellationToken cancellationToken) => AppendAsync(EventType.SyncCompleted, run, null, cancellationToken);

    /// <summary>A sync began to fail.</summary>
    internal Task FailedAsync(EntityRun run, SyncError error, CancellationToken cancellationToken) => AppendAsync(EventType.SyncFailed, run, error, cancellationToken);

    // The same id when it is made again after a crash, since the row that counts it was not stored yet.
    private async Task AppendAsync(string type, EntityRun run, SyncError? error, CancellationToken cancellationToken)
    {
        var connection = run.Poll.Connection;
        var id = EventId.Of($"{type}\n{connection.ConnectionId}\n{run.Entity.Name}\n{run.Sync.Told}");
        var now = time.GetUtcNow();
        var happened = Of(id, type, now, connection.Identity, run.Poll.RequestId, run.Entity.Name, run.Counts, error);
        await events.AppendAsync(happened, cancellationToken);
    }

    /// <summary>The event.</summary>
    internal static FeedEvent Of(
        string id, string type, DateTimeOffset now, ConnectionIdentity connection, string requestId, string entity, SyncCounts counts, SyncError? error)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(new
        {
            entity,
            counts = new { read = counts.Read, changed = counts.Changed, deleted = counts.Deleted },
            error = error is null ? null : new { code = error.Code, message = error.Message },
        });
        var json = EventJson.Of(
            id,
            type,
            now,
            writer =>
            {
                writer.WriteString("connectionId", connection.Id);
                writer.WriteString("provider", connection.Provider);
                writer.WriteString("requestId", requestId);
            },
            data);
        return new FeedEvent(id, type, now, connection.ApplicationId, connection.Id, json);
    }
}
