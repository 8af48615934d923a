using System.Diagnostics.Metrics;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Webhooks;

/// <summary>What an operator watches of incoming webhooks. The names are listed in <c>docs/webhooks.md</c>.</summary>
public static class WebhookMetrics
{
    private static readonly Counter<long> ReceivedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.webhooks.received", "{webhook}", "Authentic webhooks that were durably queued.");

    private static readonly Counter<long> RejectedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.webhooks.rejected", "{webhook}", "Requests that were refused, by cause.");

    private static readonly Counter<long> FallbackCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.webhooks.fallback", "{webhook}", "Webhooks that went to the fallback table because the queue refused them.");

    private static readonly Counter<long> ProcessedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.webhooks.processed", "{webhook}", "Webhooks that are done with, by outcome: applied, unchanged, stale, duplicate, disconnected, parked.");

    private static readonly Counter<long> FailedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.webhooks.failed", "{attempt}", "Attempts that failed and are made again, by error code.");

    private static readonly Histogram<double> QueueAge =
        MillwrightTelemetry.Meter.CreateHistogram<double>("millwright.webhooks.queue_age", "s", "Age of a webhook at each attempt to process it, the throttled ones included.");

    private static readonly Histogram<double> TimeToApply =
        MillwrightTelemetry.Meter.CreateHistogram<double>("millwright.webhooks.time_to_apply", "s", "From receipt until the webhook is done with.");

    internal static void Received(string provider) => ReceivedCount.Add(1, Tag("provider", provider));

    internal static void Rejected(string cause) => RejectedCount.Add(1, Tag("cause", cause));

    internal static void Fallback() => FallbackCount.Add(1);

    internal static void Attempted(TimeSpan age) => QueueAge.Record(age.TotalSeconds);

    internal static void Failed(string code) => FailedCount.Add(1, Tag("code", code));

    internal static void Processed(WebhookOutcome outcome, TimeSpan sinceReceipt)
    {
        var tag = Tag("outcome", outcome.ToString().ToLowerInvariant());
        ProcessedCount.Add(1, tag);
        TimeToApply.Record(sinceReceipt.TotalSeconds, tag);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
