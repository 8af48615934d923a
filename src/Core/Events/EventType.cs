namespace Millwright.Core.Events;

/// <summary>The names of event types: <c>{entity}.{created|updated|deleted}</c> for records, and those below.</summary>
public static class EventType
{
    /// <summary>An endpoint failed for days and gets no more deliveries.</summary>
    public const string EndpointDisabled = "endpoint.disabled";

    /// <summary>A connected system does better or worse than before.</summary>
    public const string ConnectionStatusChanged = "connection.status_changed";

    /// <summary>A connected system refuses the connection's credentials: someone has to give new ones.</summary>
    public const string ConnectionReauthorizationRequired = "connection.reauthorization_required";

    /// <summary>The sync of an entity came to its first end, or works again, or was asked for.</summary>
    public const string SyncCompleted = "sync.completed";

    /// <summary>The sync of an entity began to fail.</summary>
    public const string SyncFailed = "sync.failed";

    /// <summary>The type of a record's change, such as <c>purchase-orders.updated</c>.</summary>
    public static string Of(string entity, ChangeKind change) => $"{entity}.{NameOf(change)}";

    /// <summary>The change's name in the API.</summary>
    public static string NameOf(ChangeKind change) => change switch
    {
        ChangeKind.Created => "created",
        ChangeKind.Updated => "updated",
        ChangeKind.Deleted => "deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
