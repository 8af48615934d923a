using System.Diagnostics.Metrics;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Events;

/// <summary>What is counted of deliveries.</summary>
internal static class DeliveryMetrics
{
    private static readonly Counter<long> AttemptCounter = MillwrightTelemetry.Meter.CreateCounter<long>(
        "millwright.delivery.attempts", "{attempt}", "Tries to deliver an event to an endpoint, by outcome: delivered, retried, failed.");

    /// <summary>Counts a try.</summary>
    public static void Tried(string outcome) => AttemptCounter.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
