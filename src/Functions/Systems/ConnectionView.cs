using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;

namespace Millwright.Functions.Systems;

/// <summary>A connection as the API shows it. The names are the public contract's.</summary>
internal static class ConnectionView
{
    // The contract leaves open which statuses there are; its own data says "connected" for one that works.
    public static object Of(Connection connection, ConnectionHealth health) => new
    {
        key = connection.Id,
        connection.Name,
        connection.Email,
        status = health.Status == ConnectionStatus.ReauthorizationRequired ? ConnectionHealth.NameOf(health.Status) : "connected",
        health = ConnectionHealth.NameOf(health.Status),
        integration_name = connection.Provider,
        connection.Provider,
        redirect = (string?)null,
        scopes = (string?)null,
        tags = Array.Empty<string>(),
        user_metadata = MetadataOf(connection),
        client_id = connection.ApplicationId,
        connection.UpdatedAt,
        connection.CreatedAt,
        connected_at = connection.CreatedAt,
    };

    // A text in the contract, whose generated clients would fail on an object.
    private static string? MetadataOf(Connection connection) =>
        connection.Metadata.Count == 0 ? null : JsonSerializer.Serialize(connection.Metadata);
}
