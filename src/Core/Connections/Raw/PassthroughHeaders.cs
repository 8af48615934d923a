using System.Collections.Frozen;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Raw;

/// <summary>Which headers go through, in either direction.</summary>
public static class PassthroughHeaders
{
    // The connection's, the transport's, and those by which proxies tell whose request it is.
    private static readonly FrozenSet<string> Ours = new[]
    {
        "Authorization", "Proxy-Authorization", "Proxy-Authenticate", "Cookie", "Host", "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Content-Length", "Expect", "Accept-Encoding", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The body is decompressed and sent on whole, so what says how it came is no longer true.
    private static readonly FrozenSet<string> NotAnswered = new[]
    {
        "Set-Cookie", "WWW-Authenticate", "Proxy-Authenticate", "Authentication-Info", "Connection", "Keep-Alive", "Transfer-Encoding", "Trailer", "Upgrade",
        "Content-Length", "Content-Encoding", "Alt-Svc", "Strict-Transport-Security",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses headers that are the connection's or the transport's.</summary>
    /// <param name="headers">The caller's.</param>
    /// <param name="own">Those that carry the connection's credentials.</param>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>, naming each.</exception>
    public static void Check(IReadOnlyList<KeyValuePair<string, string>> headers, params IEnumerable<string> own)
    {
        ErrorDetail[] problems =
        [
            .. headers.Where(h => Ours.Contains(h.Key) || own.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
                .Select(h => new ErrorDetail($"headers.{h.Key}", "Is set by the connection and cannot be given.")),
            .. headers.Where(h => !IsName(h.Key)).Select(h => new ErrorDetail("headers", "A name may have letters, digits and -._ only.")),
            .. headers.Where(h => h.Value.Any(c => c is < ' ' or > '~')).Select(h => new ErrorDetail($"headers.{h.Key}", "May have visible ASCII characters and spaces only.")),
        ];
        if (problems.Length > 0)
        {
            throw new ApiException(ErrorCode.InvalidRequest, "The headers cannot be sent so.") { Details = problems };
        }
    }

    /// <summary>Those of an answer that its reader gets.</summary>
    /// <param name="headers">The system's.</param>
    /// <param name="secrets">What no header may repeat.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Answered(IEnumerable<KeyValuePair<string, string>> headers, params IEnumerable<string> secrets) =>
        [.. headers.Where(h => !NotAnswered.Contains(h.Key) && !secrets.Any(s => s.Length > 0 && h.Value.Contains(s, StringComparison.Ordinal)))];

    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
