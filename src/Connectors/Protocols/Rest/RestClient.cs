using System.Text;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Sends requests with a connection's address and headers. Used by many calls at once.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly UpstreamClient _http;
    private readonly Uri _address;
    private readonly AccessTokens? _tokens;
    private readonly KeyValuePair<string, string>[] _headers;
    private readonly string[] _secrets;
    private readonly RestErrors _errors;

    /// <param name="http">Sends the requests.</param>
    /// <param name="address">What all paths are below; ends in a slash.</param>
    /// <param name="tokens">The access tokens that requests carry; null where the system issues none.</param>
    /// <param name="definition">Which credentials are secrets.</param>
    /// <param name="settings">Headers, and where an error has what.</param>
    /// <param name="credentials">By name.</param>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c>: a credential cannot be sent in a header.</exception>
    public RestClient(
        UpstreamClient http,
        Uri address,
        AccessTokens? tokens,
        ConnectorDefinition definition,
        RestSettings settings,
        IReadOnlyDictionary<string, string> credentials)
    {
        _http = http;
        _address = address;
        _tokens = tokens;
        _headers = [.. settings.Headers.Select(h => KeyValuePair.Create(h.Key, Fill(h.Value, credentials)))];
        _secrets = [.. definition.Credentials.Where(c => c.Kind == CredentialKind.Secret).Select(c => credentials.GetValueOrDefault(c.Name)).OfType<string>()];
        _errors = new RestErrors(settings.Errors, _secrets);
    }

    /// <summary>The answer; its status is 2xx. An access token that the system no longer takes is replaced once.</summary>
    /// <exception cref="ApiException">What else the system answered, or why it did not.</exception>
    public async Task<UpstreamResponse> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var (response, token) = await SendAsync(t => SendAsync(request, t, cancellationToken), cancellationToken);
        return response.IsSuccess ? response : throw _errors.From(response, request, token);
    }

    /// <summary>Sends a request of the caller's own with the connection's headers.</summary>
    /// <param name="request">Below <paramref name="server"/>.</param>
    /// <param name="server">The customer's address.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The answer, of whatever status but 401.</returns>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>; <c>AUTHENTICATION_FAILED</c>; why no answer came.</exception>
    public async Task<PassthroughResponse> PassAsync(PassthroughRequest request, Uri server, CancellationToken cancellationToken)
    {
        PassthroughHeaders.Check(request.Headers, _headers.Select(h => h.Key));
        var uri = PassthroughAddress.Of(server, request);
        var safety = request.Method == HttpMethod.Get ? RequestSafety.Read : RequestSafety.Write;
        var (response, token) = await SendAsync(
            t => _http.SendAsync(
                new UpstreamRequest(request.Method, uri, safety)
                {
                    RefusalIsFinal = t is null,
                    Headers = [.. HeadersWith(t), .. request.Headers],
                    Body = request.Body,
                    ContentType = request.ContentType,
                },
                cancellationToken),
            cancellationToken);
        return response.Status == 401
            ? throw UpstreamFailure.From(response, safety)
            : new PassthroughResponse(response.Status, PassthroughHeaders.Answered(response.Headers, [.. _secrets, .. token?.Secrets() ?? []]), response.Body);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(UpstreamResponse Response, AccessToken? Token)> SendAsync(
        Func<AccessToken?, Task<UpstreamResponse>> send, CancellationToken cancellationToken)
    {
        var token = _tokens is null ? null : await _tokens.GetAsync(rejected: null, cancellationToken);
        var response = await send(token);
        if (response.Status == 401 && token is not null)
        {
            // Writes too: what was answered with 401 was not carried out.
            token = await _tokens!.GetAsync(token, cancellationToken);
            response = await send(token);
        }

        return (response, token);
    }

    private KeyValuePair<string, string>[] HeadersWith(AccessToken? token) =>
        token is null ? _headers : [.. _headers, KeyValuePair.Create("Authorization", "Bearer " + token.Value)];

    private Task<UpstreamResponse> SendAsync(RestRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        var path = request.Parameters.Count == 0 ? request.Path : $"{request.Path}?{string.Join('&', request.Parameters)}";
        return _http.SendAsync(
            new UpstreamRequest(request.Verb, new Uri(_address, path), request.Safety)
            {
                RefusalIsFinal = token is null,
                Headers = HeadersWith(token),
                Body = request.Body is { } body ? Encoding.UTF8.GetBytes(body.ToJsonString()) : default(ReadOnlyMemory<byte>?),
            },
            cancellationToken);
    }

    private static string Fill(string template, IReadOnlyDictionary<string, string> credentials)
    {
        var header = template;
        foreach (var (name, value) in credentials.Where(c => template.Contains($"{{{c.Key}}}", StringComparison.Ordinal)))
        {
            if (value.Any(c => c is < ' ' or > '~'))
            {
                throw new ApiException(ErrorCode.ValidationFailed, "The credentials do not have the form that the system needs.")
                {
                    Details = [new($"credentials.{name}", "may have only letters, digits and signs of the English keyboard")],
                };
            }

            header = header.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return header;
    }
}
