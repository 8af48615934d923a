namespace Millwright.Core.Errors;

/// <summary>Whether the same request can succeed later.</summary>
public enum RetryAdvice
{
    /// <summary>Not without a change.</summary>
    Never,

    /// <summary>After the seconds that the Retry-After header gives.</summary>
    AfterRetryAfter,

    /// <summary>Soon, with growing pauses; a write with the same Idempotency-Key.</summary>
    WithSameKey,
}
