using System.Net.Http.Headers;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>One request to a connected system. It can be sent several times.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Uri">Absolute.</param>
/// <param name="Safety">Whether it may be repeated.</param>
internal sealed record UpstreamRequest(HttpMethod Method, Uri Uri, RequestSafety Safety)
{
    /// <summary>Headers beside the content's own; they may hold credentials and are never logged.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether a 401 means that the credentials are refused, and not only a session or token that can be replaced.</summary>
    public bool RefusalIsFinal { get; init; }

    /// <summary>JSON in UTF-8, or null for no body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>A message for one attempt.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Uri);
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
        }

        return message;
    }
}
