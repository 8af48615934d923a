namespace Millwright.Core.Polling;

/// <summary>What an entity's webhooks tell of the need to poll it.</summary>
/// <param name="LastAt">When the last one came in; null if none ever did.</param>
/// <param name="MissedAt">When a poll last found a change that no webhook had told of; null if none ever did.</param>
public sealed record WebhookSignal(DateTimeOffset? LastAt, DateTimeOffset? MissedAt);
