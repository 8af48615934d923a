using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Http;

namespace Millwright.Sandbox.OAuth;

/// <summary>
/// The tokens of all companies, in memory. A token names its family, so that a refresh token that comes a second time is known for what it
/// is, and ends its family: two clients have it, and nobody can tell which is the thief.
/// </summary>
internal sealed class IssuedTokens(TimeProvider time, RandomNumberGenerator random)
{
    private const string OfflineAccess = "offline_access";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TokenFamily> _families = new(StringComparer.Ordinal);

    /// <summary>The key that an access token stands for, or null if the token is not valid.</summary>
    public string? KeyOf(string accessToken)
    {
        lock (_gate)
        {
            return _families.TryGetValue(FamilyOf(accessToken), out var family)
                && family.AccessTokens.TryGetValue(accessToken, out var end)
                && time.GetUtcNow() < end
                    ? family.Key
                    : null;
        }
    }

    /// <summary>Issues what is asked for.</summary>
    /// <exception cref="RefusalException">The client, its grant or its refresh token is not right.</exception>
    public JsonObject Issue(TokenRequest request, int seconds)
    {
        if (!request.HasRightSecret)
        {
            throw TokenRefusal.Of(401, "invalid_client", "The client's secret is wrong.");
        }

        lock (_gate)
        {
            return request.Grant switch
            {
                "client_credentials" => Answer(NewId(), new TokenFamily(request.ClientId), request.Scopes.Contains(OfflineAccess), seconds),
                "refresh_token" => Refresh(request, seconds),
                _ => throw TokenRefusal.Of(400, "unsupported_grant_type", "There are client_credentials and refresh_token."),
            };
        }
    }

    private JsonObject Refresh(TokenRequest request, int seconds)
    {
        var id = FamilyOf(request.RefreshToken);
        if (!_families.TryGetValue(id, out var family) || family.Key != request.ClientId || family.RefreshToken is null)
        {
            throw TokenRefusal.Of(400, "invalid_grant", "There is no such refresh token.");
        }

        if (family.RefreshToken != request.RefreshToken)
        {
            _families.Remove(id);
            throw TokenRefusal.Of(400, "invalid_grant", "The refresh token was used before. All that came of it has ended.");
        }

        return Answer(id, family, renewable: true, seconds);
    }

    private JsonObject Answer(string id, TokenFamily family, bool renewable, int seconds)
    {
        var now = time.GetUtcNow();
        foreach (var (ended, _) in family.AccessTokens.Where(token => token.Value <= now).ToList())
        {
            family.AccessTokens.Remove(ended);
        }

        var token = $"sba_{id}_{NewId()}";
        family.AccessTokens[token] = now.AddSeconds(seconds);
        family.RefreshToken = renewable ? $"sbr_{id}_{NewId()}" : null;
        _families[id] = family;
        var answer = new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = seconds };
        if (renewable)
        {
            answer["refresh_token"] = family.RefreshToken;
            answer["scope"] = OfflineAccess;
        }

        return answer;
    }

    private static string FamilyOf(string token) => token.Split('_') is [_, var family, _] ? family : "";

    private string NewId()
    {
        Span<byte> id = stackalloc byte[16];
        random.GetBytes(id);
        return Convert.ToHexStringLower(id);
    }
}
