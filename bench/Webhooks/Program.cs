using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Bench.Webhooks;
using Millwright.Bench.Webhooks.Scenarios;
using Millwright.Bench.Webhooks.Targets;

if (args is [KestrelRival.Command])
{
    await KestrelRival.RunAsync();
    return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}{Environment.NewLine}{Options.Usage}");
    return 2;
}

var results = new JsonObject { ["machine"] = Json(Machine.Describe()) };
Console.WriteLine($"{Machine.Describe()}{Environment.NewLine}");
var throughput = new Throughput(options);
foreach (var scenario in options.Scenarios)
{
    results[scenario] = scenario switch
    {
        "throughput" => Json(await throughput.RunAsync()),
        "latency" => Json(await new Latency(options, throughput).RunAsync()),
        "applied" => Json(await new Applied(options).RunAsync()),
        _ => Json(await new Memory(options).RunAsync()),
    };
    Console.WriteLine();
    if (options.JsonPath is { } path)
    {
        // After each scenario, so that a run that is ended early leaves what it has.
        await File.WriteAllTextAsync(path, results.ToJsonString(new JsonSerializerOptions(JsonSerializerOptions.Web) { WriteIndented = true }));
    }
}

return 0;

static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web);
