using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Polly;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>Sends requests to one connected system within the connection's limits. Used by many calls at once.</summary>
internal sealed class UpstreamClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<UpstreamResponse> _pipeline;
    private readonly TimeProvider _time;

    public UpstreamClient(UpstreamLimits limits, ConnectorRuntime runtime, ILogger logger)
    {
        _time = runtime.Time;
        _pipeline = UpstreamPipeline.Build(limits, runtime, logger);

        // A redirect is not followed: it would carry the credentials to an address that nobody entered.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = limits.Concurrency,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = limits.ResponseBytes };
    }

    /// <summary>The answer of the last attempt, of whatever status.</summary>
    /// <exception cref="Core.Errors.ApiException">No answer came, or the connection's limits kept the request from being sent.</exception>
    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        var call = new UpstreamCall(request, _time.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(UpstreamCall.Key, call);
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) => state.Client.AttemptAsync(state.Call, context.CancellationToken), context, (Client: this, Call: call));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw UpstreamFailure.From(e, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async ValueTask<UpstreamResponse> AttemptAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        using var message = call.Request.ToMessage();
        call.Attempted = true;
        var unansweredBefore = call.Unanswered;
        call.Unanswered = true;
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            call.Unanswered = unansweredBefore;
            return new UpstreamResponse((int)response.StatusCode, body, response.Content.Headers.ContentType?.MediaType, RetryAfter(response))
            {
                Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (HttpRequestException e) when (UpstreamFailure.NeverConnected(e))
        {
            call.Unanswered = unansweredBefore;
            throw;
        }
    }

    // Seconds or an HTTP date; some systems send fractions or nonsense, which count as not said.
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.First();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? TimeSpan.FromTicks(Math.Max(0, (date - _time.GetUtcNow()).Ticks))
            : null;
    }
}
