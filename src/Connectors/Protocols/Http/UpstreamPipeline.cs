using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>
/// The order of protection, outermost first: total timeout, retry, turn, circuit breaker, meter, attempt timeout. The turn is given back
/// while a retry waits, and a call that waited for its turn asks the circuit breaker afterwards, so an open circuit empties the queue at once.
/// The meter comes last, so that it hears of what is sent and of nothing else.
/// </summary>
internal static class UpstreamPipeline
{
    /// <summary>How long an open circuit spares the source.</summary>
    public static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    /// <summary>A pipeline for one connection.</summary>
    public static ResiliencePipeline<UpstreamResponse> Build(UpstreamLimits limits, ConnectorRuntime runtime, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<UpstreamResponse> { TimeProvider = runtime.Time };
        builder.AddTimeout(limits.TotalTimeout);
        if (limits.Retries > 0)
        {
            builder.AddRetry(Retry(limits, runtime, logger));
        }

        return builder
            .AddConcurrencyLimiter(limits.Concurrency, limits.QueueLength)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<UpstreamResponse>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = BreakDuration,
                ShouldHandle = args => ValueTask.FromResult(IsFailureOfTheSource(args.Outcome)),
                OnOpened = args =>
                {
                    logger.LogWarning("The circuit opened for {Seconds} s: too many requests failed.", args.BreakDuration.TotalSeconds);
                    return default;
                },
            })
            .AddStrategy(_ => new MeterStrategy(), new MeterOptions())
            .AddTimeout(limits.AttemptTimeout)
            .Build();
    }

    private sealed class MeterOptions : ResilienceStrategyOptions;

    private static RetryStrategyOptions<UpstreamResponse> Retry(UpstreamLimits limits, ConnectorRuntime runtime, ILogger logger) => new()
    {
        MaxRetryAttempts = limits.Retries,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(500),
        MaxDelay = LongestBackoff,
        UseJitter = true,
        Randomizer = runtime.Jitter,
        ShouldHandle = args =>
        {
            var call = args.Context.Properties.GetValue(UpstreamCall.Key, null!);
            var left = limits.TotalTimeout - runtime.Time.GetElapsedTime(call.StartedAt);
            return ValueTask.FromResult(MayRepeat(args.Outcome, call.Request.Safety) && (args.Outcome.Result?.RetryAfter ?? TimeSpan.Zero) < left);
        },
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        OnRetry = args =>
        {
            var call = args.Context.Properties.GetValue(UpstreamCall.Key, null!);
            logger.LogInformation(
                "Repeating {Method} on {Host} in {Delay} ms (attempt {Attempt}): {Cause}.",
                call.Request.Method,
                call.Request.Uri.Host,
                (long)args.RetryDelay.TotalMilliseconds,
                args.AttemptNumber + 2,
                args.Outcome.Exception?.GetType().Name ?? $"status {args.Outcome.Result?.Status}");
            return default;
        },
    };

    private static bool MayRepeat(Outcome<UpstreamResponse> outcome, RequestSafety safety) => outcome switch
    {
        { Exception: HttpRequestException e } when UpstreamFailure.NeverConnected(e) => true,
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false,
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => safety == RequestSafety.Read,
        { Result.Status: 429 } => safety != RequestSafety.Once,
        { Result.Status: 408 or 500 or 502 or 503 or 504 } => safety == RequestSafety.Read,
        _ => false,
    };

    private static bool IsFailureOfTheSource(Outcome<UpstreamResponse> outcome) =>
        outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException || outcome.Result?.Status is 500 or 502 or 503 or 504;
}
