namespace Millwright.Core.Webhooks;

/// <summary>A webhook that could not be processed, with its cause. Nothing of it is lost.</summary>
/// <param name="Id">Names it in the API; sorts by the time of receipt.</param>
/// <param name="Webhook">The webhook.</param>
/// <param name="Code">The error's code, or <c>UNREADABLE_WEBHOOK</c>, or the queue's reason for giving up.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Attempts">How often processing it was tried.</param>
/// <param name="ParkedAt">When it was given up.</param>
/// <param name="State">Where it stands.</param>
public sealed record WebhookFailure(
    string Id, WebhookEnvelope Webhook, string Code, string Message, int Attempts, DateTimeOffset ParkedAt, FailureState State)
{
    /// <summary>The version that was read.</summary>
    public string? ETag { get; init; }
}
