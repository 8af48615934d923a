namespace Millwright.Core.Webhooks;

/// <summary>A webhook as it came in; nothing in it is trusted before its signature holds.</summary>
/// <param name="Uri">The address that the sender called, query included. A signature about it is about its text as given here.</param>
/// <param name="Headers">By name, case ignored; several of one name are several values.</param>
/// <param name="Body">The raw bytes, which the signature is about.</param>
public sealed record WebhookRequest(Uri Uri, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's only value; null where it is absent or was sent more than once, which no honest sender does.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name) is [var only] ? only : null;

    /// <summary>The values of the query's parameters of this name, decoded; empty where it has none.</summary>
    public IReadOnlyList<string> QueryValues(string name)
    {
        var address = Uri.OriginalString.Split('#')[0];
        if (address.IndexOf('?', StringComparison.Ordinal) is not (>= 0 and var start))
        {
            return [];
        }

        return
        [
            .. address[(start + 1)..].Split('&')
                .Select(p => p.Split('=', 2))
                .Where(p => Decode(p[0]) == name)
                .Select(p => p is [_, var value] ? Decode(value) : ""),
        ];
    }

    // What is no escape stays as it is.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
