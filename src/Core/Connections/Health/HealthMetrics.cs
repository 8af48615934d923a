using System.Diagnostics.Metrics;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Connections.Health;

/// <summary>What an operator watches of connections. The names are listed in <c>docs/connections.md</c>.</summary>
internal static class HealthMetrics
{
    private static readonly Counter<long> StatusChangeCount = MillwrightTelemetry.Meter.CreateCounter<long>(
        "millwright.connections.status_changes", "{change}", "Changes of a connection's status, by the new one: online, degraded, offline, reauthorization_required.");

    private static readonly Counter<long> CallsRefusedCount = MillwrightTelemetry.Meter.CreateCounter<long>(
        "millwright.connections.calls_refused", "{call}", "Calls that were not sent because the connection has to be reconnected.");

    public static void StatusChanged(ConnectionStatus status) => StatusChangeCount.Add(1, new KeyValuePair<string, object?>("status", ConnectionHealth.NameOf(status)));

    public static void CallRefused() => CallsRefusedCount.Add(1);
}
