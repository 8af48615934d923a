using System.Text;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>Asks one connected system for access tokens, within the limits of the connection.</summary>
internal sealed class OAuthClient
{
    private readonly UpstreamClient _http;
    private readonly OAuthSettings _settings;
    private readonly IReadOnlyDictionary<string, string> _credentials;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;

    /// <param name="http">Sends the requests.</param>
    /// <param name="settings">Checked by <see cref="OAuthChecks"/>.</param>
    /// <param name="credentials">By name.</param>
    /// <param name="address">What <see cref="OAuthSettings.Path"/> is below; ends in a slash.</param>
    /// <param name="time">The clock of the tokens' lifetimes.</param>
    public OAuthClient(UpstreamClient http, OAuthSettings settings, IReadOnlyDictionary<string, string> credentials, Uri address, TimeProvider time)
    {
        _http = http;
        _settings = settings;
        _credentials = credentials;
        _endpoint = settings.Address is { } name ? new Uri(credentials[name]) : new Uri(address, settings.Path);
        _time = time;
    }

    /// <summary>A new token.</summary>
    /// <param name="latest">The last one, whose refresh token is used where the grant is that; null at first.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c>, or what kept the system from answering.</exception>
    public async Task<AccessToken> IssueAsync(AccessToken? latest, CancellationToken cancellationToken)
    {
        var refreshToken = _settings.RefreshToken is { } name ? latest?.RefreshToken ?? _credentials[name] : null;

        // Before the request, so that the token does not end before we think it does.
        var now = _time.GetUtcNow();
        var response = await _http.SendAsync(
            new UpstreamRequest(HttpMethod.Post, _endpoint, RequestSafety.Once)
            {
                Headers = [KeyValuePair.Create("Accept", "application/json"), .. ClientHeader()],
                Body = Encoding.ASCII.GetBytes(string.Join('&', Form(refreshToken).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"))),
                ContentType = "application/x-www-form-urlencoded",
            },
            cancellationToken);
        return OAuthAnswer.Read(response, now, refreshToken);
    }

    private IEnumerable<(string Name, string Value)> Form(string? refreshToken)
    {
        yield return ("grant_type", refreshToken is null ? "client_credentials" : "refresh_token");
        if (refreshToken is not null)
        {
            yield return ("refresh_token", refreshToken);
        }

        if (_settings.Scope is { } scope)
        {
            yield return ("scope", scope);
        }

        if (_settings.ClientAuthentication == OAuthClientAuthentication.Form)
        {
            yield return ("client_id", _credentials[_settings.ClientId]);
            if (_settings.ClientSecret is { } secret)
            {
                yield return ("client_secret", _credentials[secret]);
            }
        }
    }

    // RFC 6749, 2.3.1: both are escaped before they are joined.
    private IEnumerable<KeyValuePair<string, string>> ClientHeader()
    {
        if (_settings.ClientAuthentication == OAuthClientAuthentication.Basic)
        {
            var client = $"{Uri.EscapeDataString(_credentials[_settings.ClientId])}:{Uri.EscapeDataString(_credentials[_settings.ClientSecret!])}";
            yield return KeyValuePair.Create("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(client)));
        }
    }
}
