namespace Millwright.Core.Events.Delivering;

/// <summary>What came of a try.</summary>
/// <param name="Attempt">For the log.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait; null where it does not say.</param>
public sealed record EndpointAnswer(DeliveryAttempt Attempt, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether there was nothing to send or nobody to send it to, which no other try changes and no endpoint is to blame for.</summary>
    public bool Hopeless { get; init; }
}
