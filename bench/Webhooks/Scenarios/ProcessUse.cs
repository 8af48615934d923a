using System.Diagnostics;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>What a receiver's processes use, by the operating system's own count.</summary>
internal static class ProcessUse
{
    /// <summary>Processor time so far.</summary>
    public static TimeSpan Cpu(ITarget target) =>
        target.Processes.Aggregate(TimeSpan.Zero, (sum, id) => sum + Of(id, process => process.TotalProcessorTime));

    /// <summary>Resident memory in MB.</summary>
    public static double Memory(ITarget target) => target.Processes.Sum(id => Of(id, process => process.WorkingSet64)) / 1e6;

    private static T Of<T>(int id, Func<Process, T> read)
    {
        using var process = Process.GetProcessById(id);
        return read(process);
    }
}
