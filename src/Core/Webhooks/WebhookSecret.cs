namespace Millwright.Core.Webhooks;

/// <summary>A live secret of a connection's webhooks.</summary>
/// <param name="Key">Names it, for removal.</param>
/// <param name="Value">The secret.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record WebhookSecret(string Key, string Value, DateTimeOffset CreatedAt);
