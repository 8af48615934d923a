using Polly;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>What is known of one request on its way through the pipeline.</summary>
internal sealed class UpstreamCall(UpstreamRequest request, long startedAt)
{
    /// <summary>Where the pipeline's strategies find the call.</summary>
    public static readonly ResiliencePropertyKey<UpstreamCall> Key = new("upstream-call");

    /// <summary>What is sent.</summary>
    public UpstreamRequest Request { get; } = request;

    /// <summary>When the call began, by the time provider's timestamp.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Whether an attempt was made.</summary>
    public bool Attempted { get; set; }

    /// <summary>Whether an attempt may have reached the source without an answer that says what became of it.</summary>
    public bool Unanswered { get; set; }

    /// <summary>Whether the source may have done a write.</summary>
    public bool OutcomeUnknown => Unanswered && Request.Safety == RequestSafety.Write;
}
