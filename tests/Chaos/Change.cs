namespace Millwright.Chaos.Tests;

/// <summary>A change of a record, and the webhook that tells of it.</summary>
/// <param name="WebhookId">The sender's id of the webhook.</param>
/// <param name="Record">The record's key in the system.</param>
/// <param name="Version">Grows from change to change.</param>
/// <param name="Kind">What the webhook is like.</param>
internal sealed record Change(string WebhookId, string Record, int Version, WebhookKind Kind);
