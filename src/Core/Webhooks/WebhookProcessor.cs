using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Millwright.Core.Changes;
using Millwright.Core.Errors;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Webhooks;

/// <summary>
/// Processes what was received: claims the webhook, sees the record, turns the difference into an event, marks the webhook as done. Each step
/// can be repeated after a crash, by the redelivery of the message, and changes nothing then.
/// </summary>
public sealed class WebhookProcessor(
    WebhookSubscriptions subscriptions, ProcessedWebhooks processed, RecordObserver observer, RecordChanges changes, WebhookFailures failures,
    WebhookActivity activity, IQueueSender queue, WebhookOptions options, TimeProvider time, ILogger<WebhookProcessor> logger)
{
    /// <summary>Processes a message of <see cref="WebhookQueue"/>.</summary>
    /// <param name="message">Its body.</param>
    /// <param name="cancellationToken">The host stops; the message is delivered again.</param>
    /// <remarks>An exception means that the message has to be delivered again: our own storage failed, or we did.</remarks>
    public async Task ProcessAsync(string message, CancellationToken cancellationToken)
    {
        var webhook = WebhookEnvelope.FromJson(message);
        using var scope = logger.BeginScope(ScopeOf(webhook));
        using var trace = MillwrightTelemetry.Activities.StartActivity("process webhook", ActivityKind.Consumer, webhook.TraceParent);
        WebhookMetrics.Attempted(time.GetUtcNow() - webhook.ReceivedAt);
        switch (await processed.ClaimAsync(webhook, cancellationToken))
        {
            case WebhookClaim.Done done:
                await TidyAsync(webhook, done, cancellationToken);
                Count(webhook, WebhookOutcome.Duplicate);
                break;
            case WebhookClaim.Wait { For: var left }:
                await LaterAsync(webhook with { Attempt = webhook.Attempt + 1 }, left);
                break;
            case WebhookClaim.Held claim:
                await ProcessAsync(webhook, claim, cancellationToken);
                break;
        }
    }

    /// <summary>Parks a message that the queue gave up on.</summary>
    /// <param name="message">Its body.</param>
    /// <param name="reason">Why the queue gave up, such as <c>MaxDeliveryCountExceeded</c>.</param>
    /// <param name="cancellationToken">The host stops; the message is delivered again.</param>
    public async Task ParkDeadAsync(string message, string reason, CancellationToken cancellationToken)
    {
        WebhookEnvelope webhook;
        try
        {
            webhook = WebhookEnvelope.FromJson(message);
        }
        catch (JsonException e)
        {
            // Dead letters come again until they are taken, and this one never could be.
            logger.LogError(e, "A dead letter of {Length} characters is no webhook; it is dropped", message.Length);
            return;
        }

        using var scope = logger.BeginScope(ScopeOf(webhook));
        switch (await processed.ClaimAsync(webhook, cancellationToken))
        {
            case WebhookClaim.Wait { For: var left }:
                await LaterAsync(webhook with { Attempt = webhook.Attempt + 1 }, left);
                break;
            case WebhookClaim.Held claim:
                await ParkAsync(webhook, claim, reason, "The queue gave up delivering the webhook; the log has the cause of each try under the webhook's id.");
                break;
        }
    }

    private static Dictionary<string, object> ScopeOf(WebhookEnvelope webhook) => new(StringComparer.Ordinal)
    {
        ["RequestId"] = webhook.RequestId,
        ["ConnectionId"] = webhook.ConnectionId,
        ["WebhookId"] = webhook.Id,
    };

    // Another try helps where the system failed, or where its credentials may be mended meanwhile.
    private static bool IsPassing(ApiException e) => e.Code.Owner is ErrorOwner.System or ErrorOwner.Credential || e.Code == ErrorCode.RateLimitExceeded;

    private async Task ProcessAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, CancellationToken cancellationToken)
    {
        try
        {
            if (await subscriptions.FindAsync(webhook.ConnectionId, cancellationToken) is null)
            {
                // The system was disconnected while the webhook waited: nobody wants to know any more.
                await DoneAsync(webhook, claim, WebhookOutcome.Disconnected, cancellationToken);
                return;
            }

            await ApplyAsync(webhook, claim, cancellationToken);
        }
        catch (ApiException e) when (IsPassing(e))
        {
            WebhookMetrics.Failed(e.Code.Name);
            await RetryAsync(webhook, claim, e);
        }
        catch (Exception e) when (e is ApiException or WebhookFormatException or StorageLimitException)
        {
            await ParkAsync(webhook, claim, (e as ApiException)?.Code.Name ?? WebhookFailures.Unreadable, e.Message);
        }
    }

    private async Task ApplyAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, CancellationToken cancellationToken)
    {
        var result = await ObserveAndApplyAsync(webhook, cancellationToken);
        await activity.NoteAsync(webhook.ConnectionId, webhook.Entity!, webhook.ReceivedAt, cancellationToken);
        var mayBeEarly = result is ApplyResult.Unchanged or ApplyResult.AppliedFirst && observer.MayBeEarly(webhook);
        if (mayBeEarly && RetrySchedule.Recheck(webhook.Recheck) is { } pause)
        {
            await processed.ReleaseAsync(webhook, claim, cancellationToken);
            await LaterAsync(webhook with { Recheck = webhook.Recheck + 1 }, pause);
            return;
        }

        await DoneAsync(webhook, claim, OutcomeOf(result), cancellationToken);
    }

    private static WebhookOutcome OutcomeOf(ApplyResult result) => result switch
    {
        ApplyResult.Applied or ApplyResult.AppliedFirst => WebhookOutcome.Applied,
        ApplyResult.Unchanged => WebhookOutcome.Unchanged,
        _ => WebhookOutcome.Stale,
    };

    private async Task<ApplyResult> ObserveAndApplyAsync(WebhookEnvelope webhook, CancellationToken cancellationToken)
    {
        for (var inSystem = false; ; inSystem = true)
        {
            if (await observer.ObserveAsync(webhook, inSystem, cancellationToken) is not { } seen)
            {
                return ApplyResult.Stale;
            }

            if (await changes.ApplyAsync(seen, cancellationToken) is not ApplyResult.ReadAgain and var result)
            {
                return result;
            }
        }
    }

    private async Task RetryAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, ApiException e)
    {
        if (RetrySchedule.Pause(webhook.Attempt, options.MaxAttempts, e.RetryAfter) is not { } pause)
        {
            await ParkAsync(webhook, claim, e.Code.Name, e.Message);
            return;
        }

        logger.LogWarning("Processing failed with {Code}, try {Attempt}; again in {Pause}: {Message}", e.Code.Name, webhook.Attempt + 1, pause, e.Message);
        await processed.ReleaseAsync(webhook, claim, CancellationToken.None);
        await LaterAsync(webhook with { Attempt = webhook.Attempt + 1 }, pause);
    }

    // Sent before the present message is completed: a crash between the two sends it again, which the queue sees as a duplicate.
    private Task LaterAsync(WebhookEnvelope webhook, TimeSpan pause) =>
        queue.SendAsync(WebhookQueue.Name, webhook.ToMessage(time.GetUtcNow() + pause), CancellationToken.None);

    private async Task ParkAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, string code, string message)
    {
        await failures.ParkAsync(webhook, code, message, webhook.Attempt + 1, CancellationToken.None);
        await ProcessedWebhooks.MarkAsync(webhook, claim, WebhookOutcome.Parked, CancellationToken.None);
        Count(webhook, WebhookOutcome.Parked);
        logger.LogError("Parked a webhook about {Entity} {Key} with {Code}: {Message}", webhook.Entity, webhook.Key, code, message);
    }

    private async Task DoneAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, WebhookOutcome outcome, CancellationToken cancellationToken)
    {
        await ProcessedWebhooks.MarkAsync(webhook, claim, outcome, cancellationToken);

        // A crash after parking, before that was marked, leaves a failure too.
        await TidyAsync(webhook, mayHaveFailed: webhook.Replay > 0 || claim.Again, cancellationToken);
        Count(webhook, outcome);
    }

    // What a crash after the mark left, and the body that came with a duplicate. What is parked is still needed.
    private Task TidyAsync(WebhookEnvelope webhook, WebhookClaim.Done done, CancellationToken cancellationToken) =>
        done.Parked ? Task.CompletedTask : TidyAsync(webhook, mayHaveFailed: webhook.Replay > 0, cancellationToken);

    private async Task TidyAsync(WebhookEnvelope webhook, bool mayHaveFailed, CancellationToken cancellationToken)
    {
        if (mayHaveFailed)
        {
            await failures.ResolveAsync(webhook, cancellationToken);
        }

        await observer.ForgetBodyAsync(webhook, cancellationToken);
    }

    private void Count(WebhookEnvelope webhook, WebhookOutcome outcome)
    {
        WebhookMetrics.Processed(outcome, time.GetUtcNow() - webhook.ReceivedAt);
        logger.LogInformation("Webhook about {Entity} {Key} is {Outcome}", webhook.Entity, webhook.Key, outcome);
    }
}
