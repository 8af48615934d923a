using System.Globalization;
using System.Text.Json;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>Reads what a token endpoint answered. No message holds anything of it but an error code of RFC 6749.</summary>
internal static class OAuthAnswer
{
    /// <summary>Characters of an access token and its refresh token together: what a secret of the vault has room for.</summary>
    public const int MaxLength = 12_000;

    private const double LongestLifetime = 10 * 365 * 86_400.0;

    private static readonly string[] KnownErrors =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    /// <summary>The token.</summary>
    /// <param name="response">Of whatever status.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <param name="refreshToken">The one that was used, which stays good where no other comes.</param>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c> for a refusal; the source errors for anything else.</exception>
    public static AccessToken Read(UpstreamResponse response, DateTimeOffset askedAt, string? refreshToken)
    {
        using var answer = Parse(response.Body);
        if (!response.IsSuccess)
        {
            throw Refusal(response, Text(answer, "error"));
        }

        var value = Text(answer, "access_token") is { Length: > 0 } given ? given : throw Unreadable("no access token");
        var token = new AccessToken(value, askedAt) { RefreshToken = Text(answer, "refresh_token") ?? refreshToken, ExpiresAt = askedAt + Lifetime(answer) };

        // RFC 6749, appendix A: visible characters. Others could not be sent in a header.
        if (token.Secrets().Any(s => s.Any(c => c is < ' ' or > '~')) || token.Secrets().Sum(s => s.Length) > MaxLength)
        {
            throw Unreadable($"an access token that is longer than {MaxLength} characters or has forbidden ones");
        }

        return token;
    }

    private static ApiException Refusal(UpstreamResponse response, string? error) => response.Status switch
    {
        400 or 401 => new ApiException(
            ErrorCode.AuthenticationFailed,
            $"The connected system refuses to issue an access token{(KnownErrors.Contains(error) ? $" ({error})" : "")}."),
        404 or 410 => new ApiException(ErrorCode.SourceError, "The connected system has nothing at the address where it should issue access tokens: check the address."),
        _ => UpstreamFailure.From(response, RequestSafety.Once),
    };

    private static ApiException Unreadable(string what) => new(ErrorCode.SourceError, $"What the connected system answered to the request for an access token has {what}.");

    // A number of seconds, which some systems write as text. None, or one that makes no sense, means that the end is not known.
    private static TimeSpan? Lifetime(JsonDocument? answer)
    {
        var seconds = Member(answer, "expires_in") switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => 0,
        };
        return seconds is > 0 and <= LongestLifetime ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static string? Text(JsonDocument? answer, string name) => Member(answer, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonDocument? answer, string name) =>
        answer?.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var member) ? member : null;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            // A page for people, or nothing: it has no token and no code.
            return null;
        }
    }
}
