using Millwright.Core.Events;

namespace Millwright.Core.Webhooks;

/// <summary>What a webhook says: that this record changed. Cheap to read; the record itself is mapped only when it is processed.</summary>
/// <param name="Entity">The entity's name in the model.</param>
/// <param name="Key">The record.</param>
public sealed record WebhookNotice(string Entity, string Key)
{
    /// <summary>What happened, where the sender tells; null where only a comparison can.</summary>
    public ChangeKind? Change { get; init; }

    /// <summary>Grows with every change of the record, where the sender tells; null otherwise. A time counts as its UTC ticks.</summary>
    public long? Version { get; init; }
}
