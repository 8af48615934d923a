using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.Core.Webhooks;
using Millwright.Functions.Http;

namespace Millwright.Functions.Webhooks;

/// <summary>The way of a webhook: received, processed, or parked.</summary>
internal sealed class WebhookFunctions(WebhookReceiver receiver, WebhookProcessor processor, WebhookFallback fallback, ILogger<WebhookFunctions> logger)
{
    /// <summary>Takes a webhook from a connected system. 200 is a promise: it is in the queue.</summary>
    [Function("ReceiveWebhook")]
    public async Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/{connectionId}")] HttpRequest request,
        string connectionId,
        CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, WebhookReceiver.BodyLimit, cancellationToken);
        var webhook = WebhookRequests.Of(request, body);
        if (await receiver.ReceiveAsync(connectionId, webhook, request.HttpContext.TraceIdentifier, cancellationToken) is not { } answer)
        {
            return JsonResults.Plain(new { received = true });
        }

        // An echo of what was sent must not pass for a page.
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(answer, "text/plain; charset=utf-8");
    }

    /// <summary>Processes a webhook.</summary>
    [Function("ProcessWebhook")]
    public Task Process(
        [ServiceBusTrigger(WebhookQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true)] string message, CancellationToken cancellationToken) =>
        processor.ProcessAsync(message, cancellationToken);

    /// <summary>Parks a webhook that the queue gave up on.</summary>
    [Function("ParkDeadWebhook")]
    public Task ParkDead(
        [ServiceBusTrigger(WebhookQueue.DeadLetters, Connection = "ServiceBus")] string message, FunctionContext context, CancellationToken cancellationToken) =>
        processor.ParkDeadAsync(message, ReasonOf(context), cancellationToken);

    /// <summary>Sends on what came while the queue was down.</summary>
    [Function("SweepWebhookFallback")]
    public async Task SweepFallback([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await fallback.SweepAsync(cancellationToken) is > 0 and var sent)
        {
            logger.LogInformation("Sent {Count} webhooks from the fallback table to the queue", sent);
        }
    }

    // Service Bus tells why a message is a dead letter in its application properties, which the host passes on as JSON.
    private static string ReasonOf(FunctionContext context)
    {
        const string Unknown = "DEAD_LETTER";
        if (context.BindingContext.BindingData.GetValueOrDefault("ApplicationProperties") is not string json)
        {
            return Unknown;
        }

        using var properties = JsonDocument.Parse(json);
        return properties.RootElement.TryGetProperty("DeadLetterReason", out var reason) ? reason.ToString() : Unknown;
    }
}
