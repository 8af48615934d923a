using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The body of <c>POST /api/system/connections</c>.</summary>
internal static class ConnectionBody
{
    private const int MaxTextLength = 256;

    public static ConnectionRequest Parse(JsonElement body, out TimeSpan? tokenLifetime)
    {
        var json = new JsonBody(body, "name", "email", "provider", "credentials", "expires_in");
        var request = new ConnectionRequest(
            json.RequiredText("provider", MaxTextLength),
            json.RequiredText("name", MaxTextLength),
            json.RequiredText("email", MaxTextLength),
            json.RequiredTexts("credentials"));
        tokenLifetime = json.OptionalSeconds("expires_in", TokenBody.MaxLifetime);
        json.Done();
        return request;
    }
}
