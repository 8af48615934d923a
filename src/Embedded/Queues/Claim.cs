using Millwright.Core.Storage;

namespace Millwright.Embedded.Queues;

/// <summary>What came of asking a channel for its next message.</summary>
/// <param name="Delivery">The message, locked; null where none may be handed out now.</param>
/// <param name="HasMore">Whether another receiver would get one.</param>
/// <param name="NextDue">When a lock ends or a scheduled message becomes due; null where nothing of the kind is ahead.</param>
/// <param name="Returned">Whether messages became ready on the way: in this channel or in the queue's other one.</param>
internal sealed record Claim(QueueDelivery? Delivery, bool HasMore, DateTimeOffset? NextDue, bool Returned);
