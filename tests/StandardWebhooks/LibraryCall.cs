namespace Millwright.StandardWebhooks.Tests;

/// <summary>One call of the library: a signature to be made, or with <see cref="Headers"/> one to be verified.</summary>
internal sealed record LibraryCall(string Secret, string Body)
{
    public string? Id { get; init; }

    public long? Timestamp { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The library's clock, in seconds since 1970.</summary>
    public long? Now { get; init; }
}
