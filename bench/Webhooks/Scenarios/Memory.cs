using System.Diagnostics;
using System.Globalization;
using Millwright.Bench.Webhooks.Load;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>Whether Millwright's memory grows with what passes through it.</summary>
internal sealed class Memory(Options options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    internal sealed record Sample(double Minute, double Megabytes);

    /// <param name="SlopePerMinute">MB a minute by least squares, over the second half of the time, when caches and the heap have their size.</param>
    internal sealed record Result(double Rate, LoadResult Load, double First, double Last, double SlopePerMinute, IReadOnlyList<Sample> Samples);

    public async Task<Result> RunAsync()
    {
        await using var target = await MillwrightTarget.StartAsync();
        var generator = new LoadGenerator(new WebhookSource(target.Address, options.CarriesRecord), options.Connections);
        var sending = generator.PaceAsync(options.MemoryRate, options.MemoryDuration);
        var start = Stopwatch.GetTimestamp();
        List<Sample> samples = [];
        while (!sending.IsCompleted)
        {
            samples.Add(new Sample(Stopwatch.GetElapsedTime(start).TotalMinutes, ProcessUse.Memory(target)));
            await Task.WhenAny(sending, Task.Delay(Pause));
        }

        var load = await sending;
        var result = new Result(
            options.MemoryRate, load, samples[0].Megabytes, samples[^1].Megabytes, Slope(samples[(samples.Count / 2)..]), samples);
        Console.WriteLine("| webhooks/s | accepted | not 200 | MB at first | MB at last | MB a minute in the second half |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Rate:F0} | {load.Ok} | {load.Failed} | {result.First:F0} | {result.Last:F0} | {result.SlopePerMinute:F2} |"));
        return result;
    }

    private static double Slope(List<Sample> samples)
    {
        var x = samples.Average(s => s.Minute);
        var y = samples.Average(s => s.Megabytes);
        return samples.Sum(s => (s.Minute - x) * (s.Megabytes - y)) / Math.Max(1e-9, samples.Sum(s => (s.Minute - x) * (s.Minute - x)));
    }
}
