namespace Millwright.Core.Errors;

/// <summary>A failure with a code, on its way to the caller. The message and details reach callers and logs: no secret may be in them.</summary>
/// <param name="code">Which failure.</param>
/// <param name="message">What happened, for a person; a sentence.</param>
/// <param name="inner">The cause, for the log.</param>
public sealed class ApiException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which failure.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The fields or parameters at fault, or what would have been right.</summary>
    public IReadOnlyList<ErrorDetail> Details { get; init; } = [];

    /// <summary>How long to wait before the next try; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the connected system may have done the write although no answer came.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Whether our own limits kept the request from being sent, so that its failure says nothing new about the connected system.</summary>
    public bool HeldBack { get; init; }

    /// <summary>The key under which the same request has to be sent again; null where that is not asked for.</summary>
    public string? IdempotencyKey { get; init; }
}
