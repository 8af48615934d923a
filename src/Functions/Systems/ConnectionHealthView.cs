using Millwright.Core.Connections;
using Millwright.Core.Connections.Health;

namespace Millwright.Functions.Systems;

/// <summary>A connection's health as the API shows it.</summary>
internal static class ConnectionHealthView
{
    public static object Of(Connection connection, ConnectionHealth health) => new
    {
        key = connection.Id,
        status = ConnectionHealth.NameOf(health.Status),
        since = health.Since ?? connection.CreatedAt,
        explanation = HealthExplanation.Of(health),
        health.ConsecutiveFailures,
        errors = health.Errors.Select(e => new { e.Operation, e.Code, e.Message, e.Owner, e.At, e.Count }),
    };
}
