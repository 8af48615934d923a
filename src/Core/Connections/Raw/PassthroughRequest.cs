namespace Millwright.Core.Connections.Raw;

/// <summary>A request in a connected system's own terms.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">Below the connection's address, without its query. Never an address of its own.</param>
public sealed record PassthroughRequest(HttpMethod Method, string Path)
{
    /// <summary>The query's parameters, not yet escaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>Headers beside those of the connection, which they cannot replace.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";
}
