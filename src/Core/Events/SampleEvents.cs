using System.Text;
using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;
using Millwright.Core.Entities;
using Millwright.Core.Entities.OpenApi;
using Millwright.Core.Errors;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Identity;
using Millwright.Core.Polling;

namespace Millwright.Core.Events;

/// <summary>Makes events of any type for trying an endpoint out, in the form of real ones, with the examples of the unified model as their data.</summary>
public sealed class SampleEvents(EntityModel model, Ids ids, TimeProvider time)
{
    private const string SampleConnection = "00000000000000000000000000000000";
    private const string SampleProvider = "sandbox";
    private const string SampleHash = "0000000000000000000000000000000000000000000000000000000000000000";

    // The key of every example record.
    private const string SampleKey = "1042";

    /// <summary>A sample. Its id starts with <c>test_</c>, which no real event's does, and it is of no connection.</summary>
    /// <param name="applicationId">The application that asks.</param>
    /// <param name="type">One of <see cref="EventTypes.All"/>.</param>
    public FeedEvent Of(string applicationId, string type)
    {
        var now = time.GetUtcNow();
        var id = $"test_{ids.New()}";
        var dot = type.LastIndexOf('.');
        if (model.Find(type[..dot]) is not { } entity)
        {
            return Other(id, type, applicationId, now);
        }

        var kind = Enum.GetValues<ChangeKind>().Single(k => EventType.NameOf(k) == type[(dot + 1)..]);
        var seen = new Observation(applicationId, SampleConnection, SampleProvider, entity.Name, SampleKey, RecordOf(entity, kind))
        {
            ReceivedAt = now,
            Cause = id,
            Source = "test",
            RequestId = id,
        };
        var change = new RecordChange(kind, 1, kind == ChangeKind.Created ? null : SampleHash, kind == ChangeKind.Deleted ? null : SampleHash);
        return RecordEvent.Of(id, seen, change, now) with { ConnectionId = null };
    }

    private static FeedEvent Other(string id, string type, string applicationId, DateTimeOffset now)
    {
        return type switch
        {
            EventType.ConnectionStatusChanged => OfConnection(
                ConnectionStatus.Offline, new("purchase-orders.list", ErrorCode.SourceUnreachable.Name, "Nothing answers at the system's address.")),
            EventType.ConnectionReauthorizationRequired => OfConnection(
                ConnectionStatus.ReauthorizationRequired,
                new("purchase-orders.list", ErrorCode.AuthenticationFailed.Name, "The connected system refuses the credentials.")),
            EventType.SyncCompleted => OfSync(null),
            EventType.SyncFailed => OfSync(new SyncError("SOURCE_TIMEOUT", "The connected system did not answer in time.", now)),
            EventType.EndpointDisabled => Plain(EventJson.Of(id, type, now, EndpointData.Of(
                new EventEndpoint(SampleConnection, applicationId, EndpointSettings.Default with { Description = "Purchasing" }, now), "It answered 410 Gone."))),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

        FeedEvent Plain(byte[] json) => new(id, type, now, applicationId, null, json);

        FeedEvent OfConnection(ConnectionStatus status, StatusReason reason)
        {
            var connection = new ConnectionIdentity(applicationId, SampleConnection, SampleProvider);
            var health = new ConnectionHealth { Status = status, Since = now, Sequence = 1, Reason = reason };
            return ConnectionEvents.Of(id, type, connection, ConnectionStatus.Degraded, health, now) with { ConnectionId = null };
        }

        FeedEvent OfSync(SyncError? error)
        {
            var connection = new ConnectionIdentity(applicationId, SampleConnection, SampleProvider);
            return SyncEvents.Of(id, type, now, connection, id, "purchase-orders", new SyncCounts(3, 3, 0), error) with { ConnectionId = null };
        }
    }

    private static ReadOnlyMemory<byte>? RecordOf(EntityType entity, ChangeKind kind)
    {
        // As a statement each, because a conditional expression would make an empty memory of null.
        if (kind == ChangeKind.Deleted)
        {
            return null;
        }

        return Encoding.UTF8.GetBytes(Examples.Record(entity.Record));
    }
}
