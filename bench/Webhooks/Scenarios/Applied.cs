using System.Diagnostics;
using System.Globalization;
using Millwright.Bench.Webhooks.Load;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>The way of a webhook through Millwright at a fixed rate: from its receipt to the event in the change feed.</summary>
internal sealed class Applied(Options options)
{
    /// <summary>How long the feed may stand still with webhooks missing in it before they count as not coming.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="Load">The sender's view.</param>
    /// <param name="Events">How many came out in the feed.</param>
    /// <param name="Backlog">How many of them were not applied yet when the last webhook was answered.</param>
    internal sealed record Result(double Rate, LoadResult Load, int Events, int Backlog, double P50, double P95, double P99, double Max);

    public async Task<Result> RunAsync()
    {
        await using var target = await MillwrightTarget.StartAsync();
        var generator = new LoadGenerator(new WebhookSource(target.Address, options.CarriesRecord), options.Connections);
        var changes = target.Changes();
        var warmUp = await generator.PaceAsync(options.AppliedRate, options.WarmUp);
        await ReadAsync(changes, warmUp.Ok);

        var load = await generator.PaceAsync(options.AppliedRate, options.AppliedDuration);
        var end = DateTimeOffset.UtcNow;
        var applied = await ReadAsync(changes, load.Ok);
        var times = new Quantiles(applied.Select(change => (change.Applied - change.Received).TotalMilliseconds));
        var backlog = applied.Count(change => change.Applied > end);
        var result = new Result(options.AppliedRate, load, times.Count, backlog, times.At(0.5), times.At(0.95), times.At(0.99), times.At(1));
        Console.WriteLine("| webhooks/s | accepted | not 200 | answered p99 ms | events | not applied at the end | applied p50 ms | p95 ms | p99 ms | max ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Rate:F0} | {load.Ok} | {load.Failed} | {load.P99:F2} | {result.Events} | {result.Backlog} | {result.P50:F0} | {result.P95:F0} | {result.P99:F0} | {result.Max:F0} |"));
        return result;
    }

    private static async Task<IReadOnlyList<ChangeFeed.Change>> ReadAsync(ChangeFeed changes, int expected)
    {
        List<ChangeFeed.Change> read = [];
        var lastNews = Stopwatch.GetTimestamp();
        while (read.Count < expected && Stopwatch.GetElapsedTime(lastNews) < Patience)
        {
            var more = await changes.ReadOnAsync();
            read.AddRange(more);
            if (more.Count > 0)
            {
                lastNews = Stopwatch.GetTimestamp();
            }

            await Task.Delay(200);
        }

        return read;
    }
}
