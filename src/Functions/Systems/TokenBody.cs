using System.Text.Json;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The body of <c>POST /api/system/connections/{id}/token</c>.</summary>
/// <param name="Lifetime">How long the new token holds; null until it is revoked.</param>
/// <param name="Rotate">Whether every earlier token ends.</param>
internal sealed record TokenBody(TimeSpan? Lifetime, bool Rotate)
{
    /// <summary>The longest lifetime that can be asked for.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(3650);

    public static TokenBody Parse(JsonElement body)
    {
        // The published contract's sample has a token too. It chooses nothing: a token is always made here, and is in the answer.
        var json = new JsonBody(body, "token", "expires_in", "rotate");
        var parsed = new TokenBody(json.OptionalSeconds("expires_in", MaxLifetime), json.Flag("rotate"));
        json.Done();
        return parsed;
    }
}
