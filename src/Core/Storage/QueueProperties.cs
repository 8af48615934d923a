using System.Buffers;
using System.Collections.Frozen;

namespace Millwright.Core.Storage;

/// <summary>
/// The bounds of a message's properties. Sending puts each into an HTTP header of its own, so a name is a header name that HTTP and Service
/// Bus do not use themselves, and a value is what a quoted header value holds without escapes.
/// </summary>
public static class QueueProperties
{
    /// <summary>Characters of a name.</summary>
    public const int NameLength = 128;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["Age", "Allow", "Authorization", "BrokerProperties", "Connection", "Cookie", "Date", "ETag", "Expect", "Expires", "Forwarded", "From", "Host",
            "Keep-Alive", "Location", "Max-Forwards", "Origin", "Pragma", "Range", "Referer", "Server", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
            "User-Agent", "Vary", "Via", "Warning"]);

    private static readonly string[] ReservedPrefixes = ["Accept", "Cache-", "Content-", "If-", "Proxy-", "Sec-", "x-ms-"];

    /// <summary>Checks a message's properties.</summary>
    /// <exception cref="StorageLimitException">
    /// A name is not 1 to 128 letters, digits, dashes and underscores, or is a header of HTTP's own; two names differ in case only; or a value
    /// holds another character than printable ASCII without <c>"</c> and <c>\</c>.
    /// </exception>
    public static void Check(IReadOnlyDictionary<string, string> properties)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in properties)
        {
            if (name.Length is 0 or > NameLength || name.AsSpan().ContainsAnyExcept(NameCharacters) || IsReserved(name) || !names.Add(name))
            {
                throw new StorageLimitException($"A message cannot have a property named '{name}'.");
            }

            if (value.AsSpan().ContainsAnyExcept(ValueCharacters))
            {
                throw new StorageLimitException($"Message property '{name}' holds a character other than printable ASCII without \" and \\.");
            }
        }
    }

    private static bool IsReserved(string name) =>
        Reserved.Contains(name) || ReservedPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
