using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Millwright.Bench.Webhooks.Load;

namespace Millwright.Bench.Webhooks;

/// <summary>What the results depend on beside the receivers.</summary>
/// <param name="FsyncMicroseconds">The median time to append 4 KiB to a file and sync it where the receivers keep their data.</param>
internal sealed record Machine(int Cores, string System, string Runtime, double FsyncMicroseconds)
{
    private const int Syncs = 200;

    private static readonly Lazy<Machine> Here = new(() =>
        new Machine(Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, MeasureSync()));

    public static Machine Describe() => Here.Value;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Cores} cores, {System}, {Runtime}, {FsyncMicroseconds:F0} µs an fsync");

    private static double MeasureSync()
    {
        var folder = Directory.CreateTempSubdirectory("millwright-sync-").FullName;
        try
        {
            using var file = new FileStream(Path.Combine(folder, "file"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            return Quantiles.Median([.. Enumerable.Range(0, Syncs).Select(_ =>
            {
                var start = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            })]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
