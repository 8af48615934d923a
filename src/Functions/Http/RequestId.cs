using Microsoft.AspNetCore.Http;
using Millwright.Core.Identity;

namespace Millwright.Functions.Http;

/// <summary>The id under which a request is found in the logs: the caller's, if it is a plain one, or a new one. On every answer.</summary>
internal static class RequestId
{
    private const string Header = "X-Request-Id";
    private const int MaxLength = 64;

    /// <summary>Gives the request its id and puts it on the answer.</summary>
    public static string Assign(HttpContext http, Ids ids)
    {
        var given = http.Request.Headers[Header].ToString();
        var id = IsPlain(given) ? given : ids.New();
        http.TraceIdentifier = id;
        http.Response.Headers[Header] = id;
        return id;
    }

    // Only characters that cannot break a log line or a header.
    private static bool IsPlain(string id) => id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
