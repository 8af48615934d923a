using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Raw;

/// <summary>Where a passthrough request goes: below the connection's own address, whatever its path says.</summary>
public static class PassthroughAddress
{
    /// <summary>The whole address of a request.</summary>
    /// <param name="address">The connection's, absolute.</param>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>: the path could lead elsewhere.</exception>
    public static Uri Of(Uri address, PassthroughRequest request)
    {
        var root = address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        var path = request.Path.StartsWith('/') ? request.Path[1..] : request.Path;
        if (!IsPlain(path))
        {
            throw Refused();
        }

        var query = string.Join('&', request.Query.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

        // Whatever a reader of addresses makes of the rest, it has to come out below the connection's own.
        return Uri.TryCreate($"{root}{path}{(query.Length == 0 ? "" : "?" + query)}", UriKind.Absolute, out var uri)
            && uri.AbsoluteUri.StartsWith(root, StringComparison.Ordinal) && uri.UserInfo.Length == 0
            ? uri
            : throw Refused();
    }

    // Looked at as it is and as servers may decode it, once or twice.
    private static bool IsPlain(string path)
    {
        var decoded = Uri.UnescapeDataString(path);
        return !path.AsSpan().ContainsAny('?', '#') && IsClimbless(path) && IsClimbless(decoded) && IsClimbless(Uri.UnescapeDataString(decoded));
    }

    private static bool IsClimbless(string path) =>
        !path.StartsWith('/')
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && !path.Split('/').Any(s => s.Split(';')[0] is "." or "..");

    private static ApiException Refused() => new(ErrorCode.InvalidRequest, "The path must lead to something below the connection's own address.")
    {
        Details = [new ErrorDetail("path", "A path without a scheme, host, query, backslashes and dot segments. Parameters go into 'query'.")],
    };
}
