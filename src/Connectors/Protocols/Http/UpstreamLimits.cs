using Millwright.Connectors.Definitions;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>What one connection may ask of its system.</summary>
/// <param name="Concurrency">Requests in flight at once.</param>
/// <param name="AttemptTimeout">The longest wait for one answer.</param>
/// <param name="TotalTimeout">The longest wait for a request with its queueing and repetitions.</param>
/// <param name="Retries">Repetitions of a request, at most.</param>
internal sealed record UpstreamLimits(int Concurrency, TimeSpan AttemptTimeout, TimeSpan TotalTimeout, int Retries)
{
    /// <summary>The limits that a definition gives.</summary>
    public static UpstreamLimits From(LimitsDefinition limits) => new(
        limits.Concurrency, TimeSpan.FromSeconds(limits.AttemptSeconds), TimeSpan.FromSeconds(limits.TotalSeconds), limits.Retries);

    /// <summary>Requests that may wait for their turn. One more is refused, so that a dead system cannot fill the memory.</summary>
    public int QueueLength { get; init; } = 2_000;

    /// <summary>Bytes of the largest answer that is taken.</summary>
    public int ResponseBytes { get; init; } = 64 * 1024 * 1024;
}
