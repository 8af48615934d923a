using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Millwright.Connectors.Mapping;

namespace Millwright.Bench.Mapping;

/// <summary>A page of 1,000 purchase orders with 2 to 5 lines each, normalized, beside System.Text.Json that only parses and writes the same bytes.</summary>
[Config(typeof(Settings))]
public class PageBenchmark
{
    private const int Records = 1000;
    private readonly ArrayBufferWriter<byte> _output = new(8 << 20);
    private byte[] _page = [];
    private RecordPlan _plan = null!;

    [ParamsAllValues]
    public SourceSystem Source { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _page = Pages.Create(Source, Records);
        _plan = Pages.Plan(Source);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int ParseAndWrite()
    {
        _output.ResetWrittenCount();
        using var document = JsonDocument.Parse(_page);
        using var writer = new Utf8JsonWriter(_output);
        document.WriteTo(writer);
        writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Normalize()
    {
        _output.ResetWrittenCount();
        return _plan.WriteArray(_page, _output, includeRaw: false);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int NormalizeWithRaw()
    {
        _output.ResetWrittenCount();
        return _plan.WriteArray(_page, _output, includeRaw: true);
    }

    private sealed class Settings : ManualConfig
    {
        public Settings()
        {
            AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(20));
            AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default);
            AddColumn(StatisticColumn.OperationsPerSecond);
            HideColumns(Column.Job, Column.Toolchain, Column.IterationCount, Column.WarmupCount, Column.Gen0, Column.Gen1, Column.Gen2);
        }
    }
}
