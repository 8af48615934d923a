using Millwright.Core.Events.Endpoints;

namespace Millwright.Functions.Endpoints;

/// <summary>An endpoint as the API shows it.</summary>
internal static class EndpointView
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="secret">Its newest signing secret, where it was made just now; at no other time is it shown.</param>
    public static object Of(EventEndpoint endpoint, string? secret = null) => new
    {
        key = endpoint.Id,
        endpoint.Settings.Url,
        endpoint.Settings.Types,
        endpoint.Settings.Connections,
        endpoint.Settings.Description,
        endpoint.Settings.Enabled,
        endpoint.DisabledBecause,
        endpoint.FailingSince,
        secret,
        previous_secret_until = endpoint.Secrets.Skip(1).FirstOrDefault()?.Until,
        endpoint.CreatedAt,
        endpoint.UpdatedAt,
    };
}
