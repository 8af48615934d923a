using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Webhooks;

/// <summary>
/// Takes webhooks in: signature, then id, then the durable queue, in this order. Before the signature holds, nothing is read but the
/// connection's secrets, nothing is written, and nothing is looked up by what the sender sent.
/// </summary>
public sealed class WebhookReceiver(
    WebhookSubscriptions subscriptions, IConnectorCatalogue connectors, IQueueSender queue, WebhookFallback fallback, IBlobs blobs,
    TimeProvider time, ILogger<WebhookReceiver> logger)
{
    /// <summary>Bytes of a webhook's body.</summary>
    public const int BodyLimit = 256 * 1024;

    /// <summary>Characters of a record's key. Longer than any system's; it has to fit the envelope.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>Takes a webhook. When this returns, it is durable.</summary>
    /// <returns>What to answer to a request that only asks whether somebody is here; null for a webhook.</returns>
    /// <exception cref="ApiException"><c>INVALID_SIGNATURE</c>, the same for every cause.</exception>
    /// <remarks>Any other exception: neither the queue nor the fallback table took it, and the sender has to send it again.</remarks>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(string connectionId, WebhookRequest request, string requestId, CancellationToken cancellationToken)
    {
        var subscription = await subscriptions.FindAsync(connectionId, cancellationToken);
        var format = subscription is null ? null : connectors.Find(subscription.Provider)?.Webhooks;
        if (format is null)
        {
            throw Refused("unknown");
        }

        if (format.Signature.UnsignedHandshake && format.AnswerToHandshake(request) is { } greeting)
        {
            return greeting;
        }

        var now = time.GetUtcNow();
        if (SignatureVerifier.Verify(format.Signature, request, [.. subscription!.Secrets.Select(s => s.Value)], now).Rejection is { } rejection)
        {
            logger.LogInformation("Refused a webhook of connection {ConnectionId}: {Cause}", connectionId, rejection);
            throw Refused(rejection.ToString().ToLowerInvariant());
        }

        if (format.AnswerToHandshake(request) is { } answer)
        {
            return answer;
        }

        // Begun is ended, even if the sender hangs up: it would send the same again.
        await KeepAsync(Read(connectionId, subscription, format, request, requestId, now), format.SettleDelay, request.Body);
        WebhookMetrics.Received(subscription.Provider);
        return null;
    }

    private static WebhookEnvelope Read(
        string connectionId, WebhookSubscription subscription, IWebhookFormat format, WebhookRequest request, string requestId, DateTimeOffset now)
    {
        var sendersId = format.IdOf(request);
        var envelope = new WebhookEnvelope
        {
            Id = IdOf(connectionId, sendersId ?? BodyHash(request)),
            ConnectionId = connectionId,
            ApplicationId = subscription.ApplicationId,
            Provider = subscription.Provider,
            ReceivedAt = now,
            RequestId = requestId,
            TraceParent = Activity.Current?.Id,
        };
        try
        {
            var notice = format.Read(request.Body);
            if (notice.Key.Length > MaxKeyLength)
            {
                throw new WebhookFormatException($"The record's key has {notice.Key.Length} characters, over the limit of {MaxKeyLength}.");
            }

            if (sendersId is null && notice.Version is null && format.RecordOf(request.Body) is null)
            {
                // Nothing in it tells it from the next change's, so each receipt counts: a read that finds no change costs less than a change lost.
                envelope = envelope with { Id = IdOf(connectionId, $"{BodyHash(request)}\n{now.UtcTicks}") };
            }

            return envelope with { Entity = notice.Entity, Key = notice.Key, Change = notice.Change, Version = notice.Version };
        }
        catch (WebhookFormatException e)
        {
            // Authentic, so it is kept, and parked when its turn comes.
            return envelope with { Problem = e.Message };
        }
    }

    private static string IdOf(string connectionId, string webhook) => SecretHash.Of($"{connectionId}\n{webhook}");

    // What the sender gives no id is told apart by its signed bytes.
    private static string BodyHash(WebhookRequest request) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(request.Body.Span));

    private async Task KeepAsync(WebhookEnvelope envelope, TimeSpan settleDelay, ReadOnlyMemory<byte> body)
    {
        envelope = await envelope.WithBodyAsync(body, blobs, CancellationToken.None);
        var message = envelope.ToMessage(settleDelay > TimeSpan.Zero ? envelope.ReceivedAt + settleDelay : null);
        try
        {
            await queue.SendAsync(WebhookQueue.Name, message, CancellationToken.None);
        }
        catch (Exception e) when (e is not StorageLimitException)
        {
            logger.LogWarning(e, "The queue did not take webhook {WebhookId} of connection {ConnectionId}; it goes to the fallback table", envelope.Id, envelope.ConnectionId);
            await fallback.KeepAsync(envelope, CancellationToken.None);
            WebhookMetrics.Fallback();
        }
    }

    private static ApiException Refused(string cause)
    {
        WebhookMetrics.Rejected(cause);
        return new ApiException(ErrorCode.InvalidSignature, "The webhook was refused.");
    }
}
