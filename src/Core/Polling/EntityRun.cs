using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Core.Polling;

/// <summary>One poll of one entity: what it works with, and how far it has come.</summary>
/// <param name="poll">The poll of the connection.</param>
/// <param name="entity">The entity.</param>
/// <param name="capability">What the system can do with it.</param>
/// <param name="sync">How its sync stood.</param>
internal sealed class EntityRun(PollContext poll, EntityType entity, EntityCapability capability, EntitySync sync)
{
    /// <summary>The poll of the connection.</summary>
    public PollContext Poll { get; } = poll;

    /// <summary>The entity.</summary>
    public EntityType Entity { get; } = entity;

    /// <summary>What the system can do with it.</summary>
    public EntityCapability Capability { get; } = capability;

    /// <summary>When its last webhook came in; null where none are taken.</summary>
    public DateTimeOffset? WebhookAt { get; init; }

    /// <summary>How its sync stands, as stored.</summary>
    public EntitySync Sync { get; set; } = sync;

    /// <summary>What this poll came to.</summary>
    public SyncCounts Counts { get; set; } = SyncCounts.None;

    /// <summary>Whether it failed, so that this poll does no more of it.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether one record of it can be read.</summary>
    public bool CanGet => Capability.Operations.ContainsKey(OperationName.Get);

    /// <summary>Whether its source finds changes by their time.</summary>
    public bool IsTimed => Capability.Changes == ChangeTracking.ModifiedTime;

    /// <summary>When there is something to do for it.</summary>
    public DateTimeOffset DueAt => IsTimed && Sync.CompareDueAt < Sync.DueAt ? Sync.CompareDueAt.Value : Sync.DueAt;

    /// <summary>Whether its changes are to be read.</summary>
    public bool AreChangesDue(DateTimeOffset now) => IsTimed && Sync.DueAt <= now;

    /// <summary>Whether all its records are to be compared with what is known.</summary>
    public bool IsComparisonDue(DateTimeOffset now) => (IsTimed ? Sync.CompareDueAt : Sync.DueAt) <= now;
}
