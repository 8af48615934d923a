using System.Text.Json;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Outbound;
using Millwright.Functions.Http;

namespace Millwright.Functions.Endpoints;

/// <summary>The body of <c>POST</c> and <c>PUT /api/system/webhooks</c>. What it leaves out stays as it is.</summary>
internal static class EndpointBody
{
    private const int MaxTextLength = 256;

    public static Func<EndpointSettings, EndpointSettings> Parse(JsonElement body)
    {
        var json = new JsonBody(body, "url", "types", "connections", "description", "enabled");
        var url = json.OptionalText("url", OutboundGuard.MaxLength);
        var types = json.OptionalList("types", EndpointChecks.MaxEntries, MaxTextLength);
        var connections = json.OptionalList("connections", EndpointChecks.MaxEntries, MaxTextLength);
        var description = json.OptionalText("description", MaxTextLength);
        var enabled = json.OptionalFlag("enabled");
        json.Done();

        // Null is all connections; only a body without the field leaves them.
        var allConnections = connections is null && json.Has("connections");
        return settings => new EndpointSettings(
            url ?? settings.Url,
            types ?? settings.Types,
            allConnections ? null : connections ?? settings.Connections,
            description ?? settings.Description,
            enabled ?? settings.Enabled);
    }
}
