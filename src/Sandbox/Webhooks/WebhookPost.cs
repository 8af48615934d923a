using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Millwright.Sandbox.Webhooks;

/// <summary>Posts signed webhooks to a target.</summary>
/// <param name="target">Whom to.</param>
/// <param name="http">Without a timeout of its own.</param>
/// <param name="time">Gives the timestamps and measures the timeout.</param>
internal sealed class WebhookPost(WebhookTarget target, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly Uri _url = new(target.Url);
    private readonly byte[] _key = WebhookSignature.KeyOf(target.Secret)!;

    /// <returns>Whether it was taken: answered with 2xx in time.</returns>
    public Task<bool> SendAsync(WebhookMessage message, CancellationToken cancellationToken) => SendAsync(message, _key, cancellationToken);

    /// <summary>Sends what somebody without the secret could make of it: all is the same but the key.</summary>
    /// <returns>Whether it was taken, which it must not be.</returns>
    public Task<bool> SendForgedAsync(WebhookMessage message, CancellationToken cancellationToken) =>
        SendAsync(message, SHA256.HashData(_key), cancellationToken);

    private async Task<bool> SendAsync(WebhookMessage message, byte[] key, CancellationToken cancellationToken)
    {
        var body = message.Body();
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(key, message.Id, timestamp, body));
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
