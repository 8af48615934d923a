namespace Millwright.Core.Storage;

/// <summary>A message to send.</summary>
/// <param name="MessageId">What makes it a duplicate of another; at most 128 characters.</param>
/// <param name="Body">The text that the trigger is bound to.</param>
public sealed record QueueMessage(string MessageId, string Body)
{
    /// <summary>Messages of one session are handled one after the other, in the order sent; at most 128 characters.</summary>
    public string? SessionId { get; init; }

    /// <summary>Not handed out before this time; null for at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Named text beside the body, such as <c>traceparent</c>, within <see cref="QueueProperties"/>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
