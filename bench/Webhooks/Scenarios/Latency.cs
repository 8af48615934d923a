using System.Globalization;
using Millwright.Bench.Webhooks.Load;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>How long an answer takes at half of the highest rate, where a receiver should be run. Each at half of its own, at a fixed rate.</summary>
internal sealed class Latency(Options options, Throughput throughput)
{
    internal sealed record Row(string Target, double Rate, LoadResult Load);

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rates = new Dictionary<TargetKind, double>();
        foreach (var kind in options.Targets)
        {
            rates[kind] = 0.5 * (throughput.MedianOf(kind) ?? (await throughput.MeasureAsync(kind, round: 0)).Load.PerSecond);
        }

        Console.WriteLine("| receiver | webhooks/s | p50 ms | p95 ms | p99 ms | max ms | not 200 | sent late by p99 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        List<Row> rows = [];
        foreach (var kind in options.Targets)
        {
            await using var target = await kind.StartAsync();
            var generator = new LoadGenerator(new WebhookSource(target.Address, options.CarriesRecord), options.Connections);
            await generator.PaceAsync(rates[kind], options.WarmUp);
            var load = await generator.PaceAsync(rates[kind], options.Duration);
            rows.Add(new Row(kind.Name, rates[kind], load));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind.Name} | {rates[kind]:F0} | {load.P50:F2} | {load.P95:F2} | {load.P99:F2} | {load.Max:F1} | {load.Failed} | {load.DelayP99:F2} |"));
        }

        return rows;
    }
}
