using Millwright.Bench.Webhooks.Load;

namespace Millwright.Bench.Webhooks.Scenarios;

/// <summary>One receiver in one round.</summary>
/// <param name="CpuMicroseconds">Processor time of all its processes for each webhook that it accepted.</param>
internal sealed record ThroughputRow(string Target, string Durability, int Round, LoadResult Load, double CpuMicroseconds);
