using System.Text;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Sends requests with a connection's address and headers.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly UpstreamClient _http;
    private readonly Uri _address;
    private readonly KeyValuePair<string, string>[] _headers;

    public RestClient(UpstreamClient http, RestSettings settings, IReadOnlyDictionary<string, string> credentials)
    {
        _http = http;
        var address = credentials[settings.Address].TrimEnd('/') + "/" + settings.Path.Trim('/');
        _address = new Uri(address.TrimEnd('/') + "/");
        _headers = [.. settings.Headers.Select(h => KeyValuePair.Create(h.Key, Fill(h.Value, credentials)))];
    }

    /// <summary>The answer, whatever its status.</summary>
    public Task<UpstreamResponse> SendAsync(HttpMethod verb, string path, IReadOnlyList<string> parameters, JsonObject? body, CancellationToken cancellationToken) =>
        _http.SendAsync(
            new UpstreamRequest(verb, new Uri(_address, parameters.Count == 0 ? path : $"{path}?{string.Join('&', parameters)}"), Safety(verb))
            {
                Headers = _headers,
                Body = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()),
            },
            cancellationToken);

    /// <summary>Whether a request of this verb may be repeated.</summary>
    public static RequestSafety Safety(HttpMethod verb) => verb == HttpMethod.Get ? RequestSafety.Read : RequestSafety.Write;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Fill(string template, IReadOnlyDictionary<string, string> credentials) =>
        credentials.Aggregate(template, (text, c) => text.Replace($"{{{c.Key}}}", c.Value, StringComparison.Ordinal));
}
