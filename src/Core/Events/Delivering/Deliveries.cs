using Millwright.Core.Errors;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Delivering;

/// <summary>Sends events on their way to endpoints.</summary>
/// <remarks>A delivery is written to the log before its message is sent, and its row has the event; the message only says which try is due.</remarks>
public sealed class Deliveries(EndpointCache endpoints, DeliveryLog log, SampleEvents samples, IQueueSender queue, TimeProvider time)
{
    /// <summary>The queue's name.</summary>
    public const string QueueName = "deliveries";

    /// <summary>Its dead letters, as a trigger names them.</summary>
    public const string DeadLetters = QueueName + "/$DeadLetterQueue";

    /// <summary>The queue. Its duplicate window is for what is sent again at once after a crash; later the log tells.</summary>
    public static QueueDefinition Queue { get; } = new(QueueName) { DuplicateWindow = TimeSpan.FromHours(1), LockDuration = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// Sends an event on its way to every endpoint of its application that wants it. Returns when all of it is kept durably; until then it
    /// may have been done in part, so whoever calls it calls it again after a failure or crash. Done again, it changes nothing.
    /// </summary>
    /// <param name="happened">The event. Its id has neither dots nor anything but printable ASCII, and its JSON is as compact as JavaScript writes it.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    public async Task EnqueueAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        var wanting = (await endpoints.OfAsync(happened.ApplicationId, cancellationToken)).Where(e => e.Wants(happened)).ToList();
        if (wanting.Count == 0)
        {
            return;
        }

        var blob = await log.KeepAsync(happened, cancellationToken);
        foreach (var endpoint in wanting)
        {
            await AddAsync(happened, endpoint, blob, cancellationToken);
        }
    }

    /// <summary>Sends a sample event to one endpoint, whatever types and connections it wants.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="type">One of <see cref="EventTypes.All"/>.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <exception cref="ApiException"><c>CONFLICT</c>: the endpoint is disabled.</exception>
    public async Task<DeliveryRecord> TestAsync(EventEndpoint endpoint, string type, CancellationToken cancellationToken)
    {
        CheckEnabled(endpoint);
        var sample = samples.Of(endpoint.ApplicationId, type);
        return await AddAsync(sample, endpoint, await log.KeepAsync(sample, cancellationToken), cancellationToken);
    }

    /// <summary>Begins a new round of tries, whatever came of the ones before.</summary>
    /// <returns>The delivery as it is then.</returns>
    /// <exception cref="ApiException"><c>DELIVERY_NOT_FOUND</c>; <c>CONFLICT</c>: the endpoint is disabled.</exception>
    public async Task<DeliveryRecord> RedeliverAsync(EventEndpoint endpoint, string id, CancellationToken cancellationToken)
    {
        CheckEnabled(endpoint);
        while (true)
        {
            var delivery = await log.FindAsync(endpoint.Id, id, cancellationToken)
                ?? throw new ApiException(ErrorCode.DeliveryNotFound, "The endpoint has no delivery with this id.");
            var again = delivery with { State = DeliveryState.Pending, Round = delivery.Round + 1, Tries = 0, FirstTryAt = null, NextTryAt = time.GetUtcNow() };
            if (await log.TryReplaceAsync(again, cancellationToken) is { } replaced)
            {
                // Begun is ended, even if the caller goes: it says that there is a next try.
                await SendAsync(NextOf(replaced, endpoint.ApplicationId), null, CancellationToken.None);
                return replaced;
            }
        }
    }

    /// <summary>Sends the message of the delivery's next try, due when the delivery says. Sent again, it is one.</summary>
    internal Task SendNextAsync(DeliveryRecord delivery, string applicationId, CancellationToken cancellationToken) =>
        SendAsync(NextOf(delivery, applicationId), delivery.NextTryAt, cancellationToken);

    /// <summary>Sends a message.</summary>
    internal Task SendAsync(DeliveryMessage message, DateTimeOffset? due, CancellationToken cancellationToken) =>
        queue.SendAsync(QueueName, message.At(due), cancellationToken);

    private static DeliveryMessage NextOf(DeliveryRecord delivery, string applicationId) =>
        new(applicationId, delivery.EndpointId, delivery.Id, delivery.Round, delivery.Tries + 1);

    private static void CheckEnabled(EventEndpoint endpoint)
    {
        if (!endpoint.Settings.Enabled)
        {
            throw new ApiException(ErrorCode.Conflict, "The endpoint is disabled. Enable it first, with PUT and \"enabled\": true.");
        }
    }

    private async Task<DeliveryRecord> AddAsync(FeedEvent happened, EventEndpoint endpoint, string? blob, CancellationToken cancellationToken)
    {
        var delivery = await log.AddAsync(happened, endpoint.Id, blob, time.GetUtcNow(), cancellationToken);
        if (delivery is { State: DeliveryState.Pending, Tries: 0, Round: 1 })
        {
            await SendAsync(NextOf(delivery, happened.ApplicationId), null, cancellationToken);
        }

        return delivery;
    }
}
