using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>One request, without the connection's address and headers.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Path">Relative to the connection's address, escaped.</param>
internal sealed record RestRequest(HttpMethod Verb, string Path)
{
    /// <summary>What it is about; null for the proof of credentials.</summary>
    public EntityPlan? Entity { get; init; }

    /// <summary>Whether the path names a record, so that a 404 means that there is none.</summary>
    public bool NamesRecord { get; init; }

    /// <summary>As <c>name=value</c>, escaped.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The body, or null for none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Whether it may be repeated.</summary>
    public RequestSafety Safety => Verb == HttpMethod.Get ? RequestSafety.Read : RequestSafety.Write;

    /// <summary>A request with its placeholders filled.</summary>
    /// <param name="request">As defined: <c>GET {resource}/{key}</c>. The resource may have placeholders, too.</param>
    /// <param name="entity">What it is about.</param>
    /// <param name="key">The record.</param>
    /// <param name="subKey">The record of a sub-resource.</param>
    /// <exception cref="ApiException"><c>RECORD_NOT_FOUND</c>: no record can have such a key.</exception>
    public static RestRequest Of(string request, EntityPlan entity, string? key, string? subKey)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var path = request[(space + 1)..].Replace("{resource}", entity.Definition.Resource, StringComparison.Ordinal);
        var filled = Fill(Fill(path, "{subKey}", subKey), "{key}", key);
        return new RestRequest(HttpMethod.Parse(request.AsSpan(0, space)), filled) { Entity = entity, NamesRecord = filled != path };
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
