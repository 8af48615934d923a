using System.Globalization;
using Millwright.Bench.Webhooks.Load;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>
/// The highest rate that each receiver accepts. They take turns, each round in the opposite order of the one before, each newly started and
/// alone on the machine, so that none works off another's backlog in the other's time.
/// </summary>
internal sealed class Throughput(Options options)
{
    private readonly List<ThroughputRow> _rows = [];

    /// <summary>Each round's ratio of Millwright's rate to the other's, and their median.</summary>
    internal sealed record Comparison(string Other, IReadOnlyList<double> Ratios, double Median);

    internal sealed record Result(IReadOnlyList<ThroughputRow> Rows, IReadOnlyList<Comparison> Comparisons);

    /// <summary>The receiver's median rate so far; null where it was not measured.</summary>
    public double? MedianOf(TargetKind target) => _rows.Any(r => r.Target == target.Name)
        ? Quantiles.Median(_rows.Where(r => r.Target == target.Name).Select(r => r.Load.PerSecond))
        : null;

    public async Task<Result> RunAsync()
    {
        Console.WriteLine("| round | receiver | durable by | webhooks/s | p50 ms | p95 ms | p99 ms | not 200 | CPU µs each |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var kind in round % 2 == 1 ? options.Targets : options.Targets.Reverse())
            {
                _rows.Add(await MeasureAsync(kind, round));
            }
        }

        var comparisons = options.Targets.Where(t => t != TargetKind.Millwright && options.Targets.Contains(TargetKind.Millwright)).Select(Compare).ToList();
        Console.WriteLine();
        foreach (var comparison in comparisons)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"millwright / {comparison.Other}: median {comparison.Median:F2} of {string.Join(", ", comparison.Ratios.Select(r => r.ToString("F2", CultureInfo.InvariantCulture)))}"));
        }

        return new Result(_rows, comparisons);
    }

    /// <summary>Also for whoever needs one receiver's rate alone.</summary>
    public async Task<ThroughputRow> MeasureAsync(TargetKind kind, int round)
    {
        await using var target = await kind.StartAsync();
        var generator = new LoadGenerator(new WebhookSource(target.Address, options.CarriesRecord), options.Connections);
        await generator.SaturateAsync(options.WarmUp);
        var before = ProcessUse.Cpu(target);
        var load = await generator.SaturateAsync(options.Duration);
        var row = new ThroughputRow(kind.Name, kind.Durability, round, load, (ProcessUse.Cpu(target) - before).TotalMicroseconds / Math.Max(1, load.Ok));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {row.Target} | {row.Durability} | {load.PerSecond:F0} | {load.P50:F2} | {load.P95:F2} | {load.P99:F2} | {load.Failed} | {row.CpuMicroseconds:F0} |"));
        return row;
    }

    private Comparison Compare(TargetKind other)
    {
        var ratios = Rates(TargetKind.Millwright).Zip(Rates(other), (ours, theirs) => ours / theirs).ToList();
        return new Comparison(other.Name, ratios, Quantiles.Median(ratios));
    }

    private IEnumerable<double> Rates(TargetKind target) =>
        _rows.Where(r => r.Target == target.Name).OrderBy(r => r.Round).Select(r => r.Load.PerSecond);
}
