using BenchmarkDotNet.Running;
using Millwright.Bench.Mapping;

BenchmarkSwitcher.FromAssembly(typeof(PageBenchmark).Assembly).Run(args);
