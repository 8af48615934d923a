using System.Text;
using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Http;

namespace Millwright.Sandbox.OAuth;

/// <summary>The form of a token request. Its client may stand in an <c>Authorization: Basic</c> header instead.</summary>
internal sealed record TokenRequest(string Grant, string ClientId, string ClientSecret, string RefreshToken, IReadOnlyList<string> Scopes)
{
    /// <summary>The secret of every client: derived, so that none has to be registered.</summary>
    public bool HasRightSecret => ClientSecret == "secret-of-" + ClientId;

    /// <summary>The request that <see cref="Gate"/> has read.</summary>
    public static TokenRequest Of(HttpContext context) =>
        context.Features.Get<TokenRequest>() ?? throw new InvalidOperationException("The request has not passed the gate.");

    /// <exception cref="RefusalException">It is not a form.</exception>
    public static async Task<TokenRequest> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            throw Malformed();
        }

        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            var (id, secret) = Basic(request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
            return new TokenRequest(
                form["grant_type"].ToString(), id, secret, form["refresh_token"].ToString(), form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (InvalidDataException)
        {
            throw Malformed();
        }
    }

    private static RefusalException Malformed() => TokenRefusal.Of(400, "invalid_request", "The body must be a form.");

    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        const string Scheme = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[Scheme.Length..], bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is [var id, var secret]
                ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
                : throw TokenRefusal.Of(401, "invalid_client", "The Authorization header is not well-formed.");
    }
}
