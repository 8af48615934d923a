using System.Diagnostics.Metrics;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Polling;

/// <summary>What an operator watches of polling. The names are listed in <c>docs/polling.md</c>.</summary>
public static class PollMetrics
{
    private static readonly Counter<long> DueCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.polls.due", "{connection}", "Connections that were sent to be polled.");

    private static readonly Histogram<double> Overdue =
        MillwrightTelemetry.Meter.CreateHistogram<double>("millwright.polls.overdue", "s", "How long the longest overdue connection of each batch waited for the timer.");

    private static readonly Counter<long> RequestCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.polls.requests", "{request}", "Requests to connected systems that polling led to.");

    private static readonly Counter<long> ReadCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.polls.records_read", "{record}", "Records that polling read.");

    private static readonly Counter<long> ChangedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.polls.records_changed", "{record}", "Records that polling found changed or gone.");

    private static readonly Counter<long> FailedCount =
        MillwrightTelemetry.Meter.CreateCounter<long>("millwright.polls.failed", "{poll}", "Polls of an entity that failed, by error code.");

    internal static void Due(int connections, TimeSpan longestOverdue)
    {
        DueCount.Add(connections);
        Overdue.Record(longestOverdue.TotalSeconds);
    }

    internal static void Requested() => RequestCount.Add(1);

    internal static void Read(int records, int changed)
    {
        ReadCount.Add(records);
        ChangedCount.Add(changed);
    }

    internal static void Failed(string code) => FailedCount.Add(1, new KeyValuePair<string, object?>("code", code));
}
