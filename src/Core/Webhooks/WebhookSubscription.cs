namespace Millwright.Core.Webhooks;

/// <summary>All that receiving a connection's webhooks takes; one vault secret, so that one cached read is enough.</summary>
/// <param name="ApplicationId">Whose connection it is.</param>
/// <param name="Provider">The kind of system.</param>
/// <param name="Secrets">The live ones, the oldest first.</param>
public sealed record WebhookSubscription(string ApplicationId, string Provider, IReadOnlyList<WebhookSecret> Secrets);
