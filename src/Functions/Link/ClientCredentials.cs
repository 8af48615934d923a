using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Millwright.Core.Errors;
using Millwright.Functions.Http;

namespace Millwright.Functions.Link;

/// <summary>The client credentials of a token request: form or JSON body, or HTTP Basic (RFC 6749 sections 2.3.1 and 4.4).</summary>
internal sealed record ClientCredentials(string ClientId, string ClientSecret)
{
    private const string GrantType = "client_credentials";
    private const string Basic = "Basic ";

    /// <summary>Reads them.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>, <c>INVALID_CLIENT</c>, or what is wrong with the body.</exception>
    public static async Task<ClientCredentials> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = request.HasFormContentType
            ? await ReadFormAsync(request, cancellationToken)
            : ReadJson(await RequestBody.ReadJsonAsync(request, cancellationToken));
        if (fields.GetValueOrDefault("grant_type") is not GrantType)
        {
            throw new ApiException(ErrorCode.InvalidRequest, $"The grant_type must be {GrantType}.")
            {
                Details = [new ErrorDetail("grant_type", $"Must be {GrantType}.")],
            };
        }

        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return FromBasic(header[Basic.Length..]);
        }

        return fields.GetValueOrDefault("client_id") is { Length: > 0 } id && fields.GetValueOrDefault("client_secret") is { Length: > 0 } secret
            ? new ClientCredentials(id, secret)
            : throw new ApiException(ErrorCode.InvalidClient, "The client_id or the client_secret is missing.");
    }

    private static async Task<Dictionary<string, string>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, RequestBody.Limit, cancellationToken);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in new QueryStringEnumerable(Encoding.UTF8.GetString(body.Span)))
        {
            fields[field.DecodeName().ToString()] = field.DecodeValue().ToString();
        }

        return fields;
    }

    private static Dictionary<string, string> ReadJson(JsonElement body) => body.ValueKind == JsonValueKind.Object
        ? body.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.String)
            .GroupBy(f => f.Name).ToDictionary(f => f.Key, f => f.Last().Value.GetString()!, StringComparer.Ordinal)
        : throw new ApiException(ErrorCode.InvalidRequest, "The body must be a JSON object or a form.");

    private static ClientCredentials FromBasic(string encoded)
    {
        var buffer = new byte[encoded.Length];
        var pair = Convert.TryFromBase64String(encoded.Trim(), buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : "";
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new ClientCredentials(Uri.UnescapeDataString(pair[..colon]), Uri.UnescapeDataString(pair[(colon + 1)..]))
            : throw new ApiException(ErrorCode.InvalidClient, "The Basic credentials are malformed.");
    }
}
