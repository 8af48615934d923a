namespace Millwright.Core.Events.Delivering;

/// <summary>An event on its way to an endpoint, as the delivery log has it.</summary>
/// <param name="Id">Its id among the endpoint's deliveries; those of later events sort first. See <see cref="DeliveryId"/>.</param>
/// <param name="EndpointId">Where it goes.</param>
/// <param name="EventId">The event.</param>
/// <param name="Type">The event's type.</param>
/// <param name="At">When the event entered the feed.</param>
public sealed record DeliveryRecord(string Id, string EndpointId, string EventId, string Type, DateTimeOffset At)
{
    /// <summary>Tries that are kept, the newest.</summary>
    internal const int MaxAttempts = 16;

    /// <summary>The connection that the event is about; null where it is about none.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; init; } = DeliveryState.Pending;

    /// <summary>From 1; one more each time it is asked for again. A message of an earlier round is void.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Tries in this round.</summary>
    public int Tries { get; init; }

    /// <summary>When the first try of this round was; null before it.</summary>
    public DateTimeOffset? FirstTryAt { get; init; }

    /// <summary>When the next try is due; null where there is none.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The tries of all rounds, the oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>The version that was read; null on one that was not read from storage.</summary>
    public string? ETag { get; init; }

    /// <summary>The event's JSON; empty where <see cref="Blob"/> has it.</summary>
    internal ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The blob with the event's JSON, where it is too large for a row.</summary>
    internal string? Blob { get; init; }

    /// <summary>The delivery after one more try.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="giveUp">Whether no other can help.</param>
    /// <param name="retryAfter">How long the endpoint asks to wait.</param>
    /// <param name="now">When the try ended.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    internal DeliveryRecord After(DeliveryAttempt attempt, bool giveUp, TimeSpan? retryAfter, DateTimeOffset now, double jitter)
    {
        var firstTry = FirstTryAt ?? attempt.At;
        var next = attempt.Succeeded || giveUp ? null : RetrySchedule.Next(Tries + 1, firstTry, now, retryAfter, jitter);
        return this with
        {
            State = attempt.Succeeded ? DeliveryState.Delivered : next is null ? DeliveryState.Failed : DeliveryState.Pending,
            Tries = Tries + 1,
            FirstTryAt = firstTry,
            NextTryAt = next,
            Attempts = [.. Attempts.Append(attempt).TakeLast(MaxAttempts)],
        };
    }
}
