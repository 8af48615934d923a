using System.Text.Json;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The body of <c>POST /api/system/connections/{id}/reconnect</c>.</summary>
internal static class ReconnectBody
{
    public static IReadOnlyDictionary<string, string> Parse(JsonElement body)
    {
        var json = new JsonBody(body, "credentials");
        var credentials = json.RequiredTexts("credentials");
        json.Done();
        return credentials;
    }
}
