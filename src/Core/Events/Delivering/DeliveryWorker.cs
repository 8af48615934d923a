using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Core.Events.Endpoints;

namespace Millwright.Core.Events.Delivering;

/// <summary>Makes the tries that the queue says are due.</summary>
/// <remarks>
/// The order of the steps makes a crash harmless: the endpoint is called, then the log has what came of it, then the message of the next try
/// is sent, then the present message is completed. Repeated after the log was written, a message only sends the next one again, which
/// the queue drops; repeated before it, the endpoint gets the event a second time, under the same id.
/// </remarks>
public sealed class DeliveryWorker(
    Deliveries deliveries, DeliveryLog log, EndpointStore endpoints, EndpointClient client, EndpointHealth health, TimeProvider time, Jitter jitter,
    ILogger<DeliveryWorker> logger)
{
    // About a day, after which the message goes to the dead letters and can be asked for again by its delivery.
    internal const int MaxSetbacks = 100;

    // Of pauses by setback: 16 minutes.
    private const int MaxDoublings = 6;

    private readonly EndpointSlots _slots = new();

    /// <summary>Handles a message of <see cref="Deliveries.QueueName"/>. If it returns, the message is done with.</summary>
    /// <exception cref="JsonException">The message is none of ours.</exception>
    public async Task HandleAsync(string message, CancellationToken cancellationToken)
    {
        var parsed = DeliveryMessage.Parse(message);
        try
        {
            await HandleAsync(parsed, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && parsed.Setbacks < MaxSetbacks)
        {
            // Our own failure, such as a storage that is down. The queue would give the message back at once and soon bury it.
            logger.LogError(e, "Delivery {DeliveryId} is put off", parsed.DeliveryId);
            await PutOffAsync(parsed, cancellationToken);
        }
    }

    /// <summary>Gives up a delivery whose message the queue gave up on, so that it is listed as failed and can be asked for again.</summary>
    public async Task GiveUpAsync(string message, CancellationToken cancellationToken)
    {
        DeliveryMessage parsed;
        try
        {
            parsed = DeliveryMessage.Parse(message);
        }
        catch (JsonException e)
        {
            // Dead letters come again until they are taken, and this one never could be.
            logger.LogError(e, "A dead letter of {Length} characters is no delivery's; it is dropped", message.Length);
            return;
        }

        var delivery = await log.FindAsync(parsed.EndpointId, parsed.DeliveryId, cancellationToken);
        if (IsDue(delivery, parsed) && delivery!.Tries == parsed.Try)
        {
            // The try was made; only the next one's message was not sent.
            await deliveries.SendNextAsync(delivery, parsed.ApplicationId, cancellationToken);
        }
        else if (IsDue(delivery, parsed))
        {
            var attempt = new DeliveryAttempt(time.GetUtcNow(), null, "Millwright itself failed for too long; its log has the causes under the delivery's id.");
            await RecordAsync(delivery!, parsed, d => d.After(attempt, giveUp: true, null, attempt.At, jitter()), cancellationToken);
        }
    }

    private Task PutOffAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        var again = message with { Setbacks = message.Setbacks + 1 };
        var pause = RetrySchedule.Pause(Math.Min(again.Setbacks, MaxDoublings), jitter());
        return deliveries.SendAsync(again, time.GetUtcNow() + pause, cancellationToken);
    }

    private async Task HandleAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        var delivery = await log.FindAsync(message.EndpointId, message.DeliveryId, cancellationToken);
        if (!IsDue(delivery, message))
        {
            return;
        }

        if (delivery!.Tries < message.Try)
        {
            delivery = await TryAsync(delivery, message, cancellationToken);
        }

        // Also of a try that was made before a crash: whether its next message was sent is not known.
        if (delivery is { State: DeliveryState.Pending })
        {
            await deliveries.SendNextAsync(delivery, message.ApplicationId, cancellationToken);
        }
    }

    // Not if it is done with, was begun anew, or is further than this message.
    private static bool IsDue(DeliveryRecord? delivery, DeliveryMessage message) =>
        delivery is { State: DeliveryState.Pending } && delivery.Round == message.Round && delivery.Tries <= message.Try;

    private async Task<DeliveryRecord?> TryAsync(DeliveryRecord delivery, DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (await endpoints.FindAsync(message.ApplicationId, message.EndpointId, cancellationToken) is not { } endpoint)
        {
            logger.LogInformation("Delivery {DeliveryId} is dropped: its endpoint was deleted", delivery.Id);
            return null;
        }

        if (!_slots.TryEnter(endpoint.Id, failing: endpoint.FailingSince is not null))
        {
            await PutOffAsync(message, cancellationToken);
            return null;
        }

        EndpointAnswer answer;
        try
        {
            answer = await CallAsync(delivery, endpoint, cancellationToken);
        }
        finally
        {
            _slots.Leave(endpoint.Id);
        }

        return await SettleAsync(delivery, message, endpoint, answer, cancellationToken);
    }

    private async Task<DeliveryRecord?> SettleAsync(
        DeliveryRecord delivery, DeliveryMessage message, EventEndpoint endpoint, EndpointAnswer answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (answer.Attempt.Succeeded)
        {
            await health.SucceededAsync(endpoint, cancellationToken);
        }
        else if (!answer.Hopeless)
        {
            await health.FailedAsync(endpoint, answer.Attempt.Gone, cancellationToken);
        }

        var giveUp = answer.Attempt.Gone || answer.Hopeless;
        return await RecordAsync(delivery, message, d => d.After(answer.Attempt, giveUp, answer.RetryAfter, now, jitter()), cancellationToken);
    }

    private async Task<EndpointAnswer> CallAsync(DeliveryRecord delivery, EventEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!endpoint.Settings.Enabled)
        {
            return Hopeless("The endpoint is disabled.");
        }

        return await log.JsonOfAsync(delivery, cancellationToken) is { } json
            ? await client.PostAsync(endpoint, delivery.EventId, json, cancellationToken)
            : Hopeless("The event is no longer kept.");
    }

    private EndpointAnswer Hopeless(string why) => new(new DeliveryAttempt(time.GetUtcNow(), null, why)) { Hopeless = true };

    private async Task<DeliveryRecord?> RecordAsync(
        DeliveryRecord delivery, DeliveryMessage message, Func<DeliveryRecord, DeliveryRecord> change, CancellationToken cancellationToken)
    {
        for (var current = delivery; IsDue(current, message) && current!.Tries < message.Try;
             current = await log.FindAsync(delivery.EndpointId, delivery.Id, cancellationToken))
        {
            var changed = change(current);
            if (await log.TryReplaceAsync(changed, cancellationToken) is { } replaced)
            {
                Report(changed);
                return replaced;
            }
        }

        // Asked for again meanwhile, or tried twice at the same moment.
        logger.LogInformation("A try of delivery {DeliveryId} came too late to be recorded", delivery.Id);
        return null;
    }

    private void Report(DeliveryRecord delivery)
    {
        var outcome = delivery.State switch
        {
            DeliveryState.Delivered => "delivered",
            DeliveryState.Failed => "failed",
            _ => "retried",
        };
        DeliveryMetrics.Tried(outcome);
        var last = delivery.Attempts[^1];
        logger.Log(
            delivery.State == DeliveryState.Failed ? LogLevel.Warning : LogLevel.Information,
            "Delivery {DeliveryId} to endpoint {EndpointId}, try {Try}: {Outcome} ({Status} {Error})",
            delivery.Id,
            delivery.EndpointId,
            delivery.Tries,
            outcome,
            last.Status,
            last.Error);
    }
}
