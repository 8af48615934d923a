using System.Globalization;
using Millwright.Bench.Webhooks.Targets;

namespace Millwright.Bench.Webhooks;

/// <summary>What to measure, from the command line.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        Usage: bench/Webhooks [throughput] [latency] [applied] [memory] [--name value …]     all four without a name
          --targets      millwright,kestrel,fastify,fastify-cluster   which receivers throughput and latency compare
          --rounds       5      rounds of throughput
          --seconds      10     seconds a round of throughput or latency sends
          --warm-up      5      seconds that each newly started receiver is warmed up
          --connections  64     connections
          --body         fat    fat, with the record, or thin, without
          --json         path   where the results go as JSON
          --applied-rate 500    --applied-seconds 60    the load of "applied"
          --memory-rate  200    --memory-minutes 10     the load of "memory"
        """;

    public IReadOnlyList<string> Scenarios { get; private init; } = ["throughput", "latency", "applied", "memory"];

    public IReadOnlyList<TargetKind> Targets { get; private init; } = TargetKind.All;

    public int Rounds { get; private init; } = 5;

    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(10);

    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(5);

    public int Connections { get; private init; } = 64;

    public bool CarriesRecord { get; private init; } = true;

    public string? JsonPath { get; private init; }

    public double AppliedRate { get; private init; } = 500;

    public TimeSpan AppliedDuration { get; private init; } = TimeSpan.FromSeconds(60);

    public double MemoryRate { get; private init; } = 200;

    public TimeSpan MemoryDuration { get; private init; } = TimeSpan.FromMinutes(10);

    /// <exception cref="FormatException">An argument is unknown or wrong.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        var scenarios = arguments.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (scenarios.Except(options.Scenarios, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"There is no '{unknown}'.");
        }

        options = scenarios.Count > 0 ? options with { Scenarios = scenarios } : options;
        return arguments.Skip(scenarios.Count).Chunk(2).Aggregate(options, (so, pair) => pair is [var name, var value]
            ? so.With(name, value)
            : throw new FormatException($"'{pair[0]}' has no value."));
    }

    private Options With(string name, string value) => name switch
    {
        "--targets" => this with { Targets = [.. value.Split(',').Select(TargetOf)] },
        "--rounds" => this with { Rounds = (int)Number(value) },
        "--seconds" => this with { Duration = TimeSpan.FromSeconds(Number(value)) },
        "--warm-up" => this with { WarmUp = TimeSpan.FromSeconds(Number(value)) },
        "--connections" => this with { Connections = (int)Number(value) },
        "--body" => this with { CarriesRecord = IsFat(value) },
        "--json" => this with { JsonPath = value },
        "--applied-rate" => this with { AppliedRate = Number(value) },
        "--applied-seconds" => this with { AppliedDuration = TimeSpan.FromSeconds(Number(value)) },
        "--memory-rate" => this with { MemoryRate = Number(value) },
        "--memory-minutes" => this with { MemoryDuration = TimeSpan.FromMinutes(Number(value)) },
        _ => throw new FormatException($"There is no option '{name}'."),
    };

    private static bool IsFat(string body) => body switch
    {
        "fat" => true,
        "thin" => false,
        _ => throw new FormatException($"A body is fat or thin, not '{body}'."),
    };

    private static TargetKind TargetOf(string name) =>
        TargetKind.All.FirstOrDefault(t => t.Name == name) ?? throw new FormatException($"There is no receiver '{name}'.");

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{value}' is not a number above 0.");
}
