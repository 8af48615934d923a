using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Fills the placeholders of verbs and paths.</summary>
internal static class RestAddress
{
    /// <summary>The verb and path of an operation.</summary>
    /// <param name="request">As defined: <c>GET {resource}/{key}</c>.</param>
    /// <param name="resource">The entity's own path, which may have placeholders, too.</param>
    /// <param name="key">The record.</param>
    /// <param name="subKey">The record of a sub-resource.</param>
    /// <exception cref="ApiException"><c>RECORD_NOT_FOUND</c>: no record can have such a key.</exception>
    public static (HttpMethod Verb, string Path) Of(string request, string resource, string? key, string? subKey)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var path = request[(space + 1)..].Replace("{resource}", resource, StringComparison.Ordinal);
        return (HttpMethod.Parse(request.AsSpan(0, space)), Fill(Fill(path, "{subKey}", subKey), "{key}", key));
    }

    private static string Fill(string path, string placeholder, string? key)
    {
        if (!path.Contains(placeholder, StringComparison.Ordinal))
        {
            return path;
        }

        // A dot segment would lead to another path than the record's.
        return key is null or "" or "." or ".."
            ? throw new ApiException(ErrorCode.RecordNotFound, "The connected system has no record with this key.")
            : path.Replace(placeholder, Uri.EscapeDataString(key), StringComparison.Ordinal);
    }
}
