using Millwright.Core.Errors;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>Turns what goes wrong between us and a system into the catalogue's errors. No message holds an address, header or body.</summary>
internal static class UpstreamFailure
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(5);

    /// <summary>Whether the request certainly never left, because there was no connection to send it on.</summary>
    public static bool NeverConnected(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    /// <summary>The error for a call that got no answer.</summary>
    public static ApiException From(Exception exception, UpstreamCall call)
    {
        return exception switch
        {
            ApiException e => e,
            TimeoutRejectedException => Failure(ErrorCode.SourceTimeout, "The connected system did not answer in time."),
            BrokenCircuitException => Failure(
                ErrorCode.SourceUnavailable, "The connected system failed too often just now, so it is being spared for a moment.", UpstreamPipeline.BreakDuration),
            RateLimiterRejectedException => Failure(
                ErrorCode.SourceUnavailable, "Too many calls of this connection are waiting for the connected system.", DefaultPause),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Failure(
                ErrorCode.SourceUnreachable, "The name in the system's address cannot be found."),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Failure(
                ErrorCode.SourceUnreachable, "No secure connection to the system's address could be made: its TLS certificate was not accepted, or it does not speak TLS."),
            HttpRequestException e when NeverConnected(e) => Failure(ErrorCode.SourceUnreachable, "Nothing answers at the system's address."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Failure(
                ErrorCode.SourceError, "The connected system's answer is larger than is taken."),
            HttpRequestException or IOException => Failure(ErrorCode.SourceError, "The connected system closed the connection before it had answered."),
            _ => Failure(ErrorCode.InternalError, "The call to the connected system failed."),
        };

        ApiException Failure(ErrorCode code, string message, TimeSpan? retryAfter = null) =>
            new(code, message, exception) { RetryAfter = retryAfter, OutcomeUnknown = call.OutcomeUnknown, HeldBack = !call.Attempted };
    }

    /// <summary>The error for a status that no protocol gives a meaning of its own.</summary>
    /// <param name="response">The answer; not 2xx.</param>
    /// <param name="safety">Whether the request may have changed something.</param>
    /// <param name="message">The source's own words, free of credentials; null for ours.</param>
    public static ApiException From(UpstreamResponse response, RequestSafety safety, string? message = null)
    {
        var (code, words) = response.Status switch
        {
            401 => (ErrorCode.AuthenticationFailed, "The connected system refuses the credentials."),
            403 => (ErrorCode.PermissionDenied, "The connected system does not let these credentials do this."),
            404 or 410 => (ErrorCode.RecordNotFound, "The connected system has no such record."),
            408 or 504 => (ErrorCode.SourceTimeout, "The connected system did not answer in time."),
            409 or 412 => (ErrorCode.Conflict, "The record's present state does not allow this, or it was changed at the same time."),
            429 => (ErrorCode.RateLimitExceeded, "The connected system asks for fewer requests."),
            503 => (ErrorCode.SourceUnavailable, "The connected system says that it is not available now."),
            >= 300 and < 400 => (ErrorCode.SourceError, "The connected system answers with a redirect: its address has to be corrected."),
            >= 400 and < 500 => (ErrorCode.SourceRejected, $"The connected system refused the request with status {response.Status}."),
            _ => (ErrorCode.SourceError, $"The connected system failed with status {response.Status}."),
        };
        return new ApiException(code, message ?? words)
        {
            RetryAfter = response.RetryAfter ?? (response.Status is 429 or 503 ? DefaultPause : null),
            OutcomeUnknown = safety == RequestSafety.Write && (response.Status >= 500 || response.Status == 408),
        };
    }
}
