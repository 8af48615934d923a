namespace Millwright.Core.Webhooks;

/// <summary>A webhook as it came in; nothing in it is trusted before its signature holds.</summary>
/// <param name="Uri">The address that the sender called, query included.</param>
/// <param name="Headers">By name, case ignored; several of one name are several values.</param>
/// <param name="Body">The raw bytes, which the signature is about.</param>
public sealed record WebhookRequest(Uri Uri, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's only value; null where it is absent or was sent more than once, which no honest sender does.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name) is [var only] ? only : null;
}
