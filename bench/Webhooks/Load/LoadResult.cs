namespace Millwright.Bench.Webhooks.Load;

/// <summary>What came of a load. Times are milliseconds of the webhooks that were answered with 200.</summary>
/// <param name="Ok">Webhooks answered with 200.</param>
/// <param name="Failures">How often each other status came; 0 is a broken connection.</param>
/// <param name="PerSecond">Webhooks answered with 200 a second.</param>
/// <param name="DelayP99">Of a fixed rate: by how much webhooks were sent late, which their times contain; otherwise 0.</param>
internal sealed record LoadResult(
    int Ok, IReadOnlyDictionary<int, int> Failures, double PerSecond, double P50, double P95, double P99, double Max, double DelayP99)
{
    /// <summary>All that were not answered with 200.</summary>
    public int Failed => Failures.Values.Sum();

    public static LoadResult Of(IReadOnlyCollection<LoadTally> tallies, TimeSpan elapsed)
    {
        var times = new Quantiles(tallies.SelectMany(t => t.Times));
        var failures = tallies.SelectMany(t => t.Failures).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Sum(f => f.Value));
        return new LoadResult(
            times.Count,
            failures,
            times.Count / elapsed.TotalSeconds,
            times.At(0.5),
            times.At(0.95),
            times.At(0.99),
            times.At(1),
            new Quantiles(tallies.SelectMany(t => t.Delays)).At(0.99));
    }
}
