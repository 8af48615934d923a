namespace Millwright.OnAzure.Tests.Loopback;

/// <summary>A request as a loopback server received it.</summary>
internal sealed record RecordedRequest(string Method, string Host, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
