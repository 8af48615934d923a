using System.Globalization;
using System.Net.Http.Headers;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Outbound;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Events.Delivering;

/// <summary>Posts events to endpoints.</summary>
/// <param name="handler">Connects; that of <see cref="OutboundGuard.CreateHandler"/> in the product. Disposed with this.</param>
/// <param name="guard">Checks the URL anew: what was allowed when it was given may not be any more.</param>
/// <param name="secrets">The signing secrets.</param>
/// <param name="time">The clock.</param>
public sealed class EndpointClient(HttpMessageHandler handler, OutboundGuard guard, EndpointSecrets secrets, TimeProvider time) : IDisposable
{
    /// <summary>How long an endpoint has to take an event.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly ProductInfoHeaderValue UserAgent = new("Millwright", typeof(EndpointClient).Assembly.GetName().Version!.ToString(3));

    private readonly HttpClient _http = new(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>Sends the event once.</summary>
    /// <exception cref="OperationCanceledException">Cancelled from outside; the endpoint may have got the event.</exception>
    public async Task<EndpointAnswer> PostAsync(EventEndpoint endpoint, string eventId, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        if (guard.ProblemOf(endpoint.Settings.Url) is { } problem)
        {
            return new EndpointAnswer(new DeliveryAttempt(at, null, $"The URL is not allowed. {problem}"));
        }

        var keys = await secrets.LiveAsync(endpoint, cancellationToken);
        if (keys.Count == 0)
        {
            return new EndpointAnswer(new DeliveryAttempt(at, null, "The signing secret is gone. Rotate it."));
        }

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = Request(endpoint.Settings.Url, eventId, at, json, keys, out var hidden);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var excerpt = await ExcerptAsync(response, hidden, either.Token);
            return new EndpointAnswer(new DeliveryAttempt(at, (int)response.StatusCode, null, excerpt), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndpointAnswer(new DeliveryAttempt(at, null, $"No answer within {Timeout.TotalSeconds} seconds."));
        }
        catch (HttpRequestException e)
        {
            return new EndpointAnswer(new DeliveryAttempt(at, null, Explain(e)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(
        string url, string eventId, DateTimeOffset at, ReadOnlyMemory<byte> json, IReadOnlyList<string> keys, out IReadOnlyList<string> hidden)
    {
        var standard = EventSignature.Standard(eventId, at, json, keys);

        // One value only, as its verifiers compare whole: that of the newest secret.
        var makini = EventSignature.Makini(json, keys[0]);
        hidden = [.. keys, .. keys.Select(k => k[StandardWebhooks.SecretPrefix.Length..]), .. standard.Split(' '), makini];
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Add("webhook-id", eventId);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", standard);
        request.Headers.Add("X-Makini-Signature", makini);
        return request;
    }

    // The status has come by now and decides; a body that does not come changes nothing.
    private static async Task<string?> ExcerptAsync(HttpResponseMessage response, IReadOnlyList<string> hidden, CancellationToken cancellationToken)
    {
        try
        {
            return await ResponseExcerpt.ReadAsync(response.Content, hidden, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    // Closed texts, because an exception's own may name addresses of our network.
    private static string Explain(HttpRequestException e) => e switch
    {
        { InnerException: AddressRefusedException } => "The host's name leads to an address that is not a public one.",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "The host's name could not be resolved.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "No connection could be made.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "The TLS connection failed; the certificate may be invalid.",
        _ => "The connection ended without an answer.",
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
