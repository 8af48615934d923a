namespace Millwright.Core.Webhooks;

/// <summary>What an operator can set of incoming webhooks.</summary>
/// <param name="MaxAttempts">Tries, with growing pauses, before a webhook that fails by the system's fault is parked; 1 or more.</param>
public sealed record WebhookOptions(int MaxAttempts = WebhookOptions.DefaultMaxAttempts)
{
    /// <summary>The last of so many tries is more than an hour after the first, which outlasts most maintenance of a system.</summary>
    public const int DefaultMaxAttempts = 14;
}
