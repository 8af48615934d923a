namespace Millwright.Connectors.Protocols.Http;

/// <summary>A whole answer, of whatever status.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">All of it; empty where there is none.</param>
/// <param name="MediaType">Such as <c>application/json</c>; null where the source does not say.</param>
/// <param name="RetryAfter">How long the source asks us to wait; null where it does not.</param>
internal sealed record UpstreamResponse(int Status, ReadOnlyMemory<byte> Body, string? MediaType, TimeSpan? RetryAfter)
{
    /// <summary>Headers of the answer by name; the first value of each.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
