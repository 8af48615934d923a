using System.Text;
using System.Text.Unicode;
using Millwright.Core.Webhooks;

namespace Millwright.Functions.Webhooks;

/// <summary>A failed webhook as the API shows it.</summary>
internal static class FailureView
{
    public static object Of(WebhookFailure failure) => new
    {
        failure.Id,
        connection_id = failure.Webhook.ConnectionId,
        failure.Webhook.Provider,
        failure.Webhook.Entity,
        failure.Webhook.Key,
        failure.Code,
        failure.Message,
        failure.Attempts,
        failure.State,
        failure.Webhook.ReceivedAt,
        failure.ParkedAt,
        request_id = failure.Webhook.RequestId,
    };

    public static object WithPayload(WebhookFailure failure, ReadOnlyMemory<byte> payload) => new
    {
        failure = Of(failure),
        encoding = Utf8.IsValid(payload.Span) ? "text" : "base64",
        payload = Utf8.IsValid(payload.Span) ? Encoding.UTF8.GetString(payload.Span) : Convert.ToBase64String(payload.Span),
    };
}
