using System.Text.Json;

namespace Millwright.Core.Events.Endpoints;

/// <summary>What an event about an endpoint says of it. Not its URL, which may hold a secret and would go to the application's other endpoints.</summary>
internal static class EndpointData
{
    public static string Of(EventEndpoint endpoint, string reason) =>
        JsonSerializer.Serialize(new { endpointId = endpoint.Id, description = endpoint.Settings.Description, reason, failingSince = endpoint.FailingSince });
}
