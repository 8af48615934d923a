namespace Millwright.Core.Storage;

/// <summary>What a queue was created with. The same facts make the embedded queue and the Service Bus queue in <c>infra/</c>.</summary>
/// <param name="Name">The queue's name.</param>
public sealed record QueueDefinition(string Name)
{
    /// <summary>Whether every message carries a session id and sessions are handled in order.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>Deliveries before a message is dead-lettered. Service Bus's own default.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a delivery is locked before it counts as failed; at most <see cref="QueueLimits.Lock"/>.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message id is remembered; zero for no duplicate detection; at most <see cref="QueueLimits.DuplicateWindow"/>.</summary>
    public TimeSpan DuplicateWindow { get; init; }
}
