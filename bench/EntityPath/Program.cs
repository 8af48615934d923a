using System.Globalization;
using System.Net.Http.Json;
using Millwright.Bench.EntityPath;
using Millwright.Testing.App;

// Lists a page of 50 purchase orders from the Sandbox ERP, directly and through Millwright, in turns in one run.
const int Rounds = 20;
const int CallsPerRound = 100;
const int WarmUp = 500;
const string Key = "sandbox-bench";

await using var app = await MillwrightApp.StartAsync();
using var application = await ApiClient.AsApplicationAsync(app);
var token = (await application.PostAsync("/api/system/connections", new
{
    provider = "sandbox",
    name = "Bench",
    email = "bench@example.test",
    credentials = new { url = app.SandboxAddress.ToString(), apiKey = Key },
})).Expect(200).GetProperty("data").GetProperty("access_token").GetString()!;

using var direct = new LoadClient(new Uri(app.SandboxAddress, "/v1/purchase-orders?page=1&page_size=50"), ("X-Api-Key", Key));
using var unified = new LoadClient(new Uri(app.Address, "/api/erp/purchase-orders?per_page=50"), ("Authorization", $"Bearer {token}"));
using var faults = new HttpClient { BaseAddress = app.SandboxAddress, DefaultRequestHeaders = { { "X-Api-Key", Key } } };

Console.WriteLine("| source latency | callers | direct p50 ms | unified p50 ms | ratio p50 | direct p95 ms | unified p95 ms | ratio p95 |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var latency in (int[])[0, 20])
{
    using (var set = await faults.PutAsJsonAsync(new Uri("/v1/_faults", UriKind.Relative), new { latency_ms = latency }))
    {
        set.EnsureSuccessStatusCode();
    }

    foreach (var callers in (int[])[1, 4])
    {
        var warmUp = latency == 0 ? WarmUp : CallsPerRound;
        await direct.RunAsync(warmUp, callers);
        await unified.RunAsync(warmUp, callers);
        var directTimes = new List<double>();
        var unifiedTimes = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            directTimes.AddRange(await direct.RunAsync(CallsPerRound, callers));
            unifiedTimes.AddRange(await unified.RunAsync(CallsPerRound, callers));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {latency} ms | {callers} | {At(directTimes, 0.5):F2} | {At(unifiedTimes, 0.5):F2} | {At(unifiedTimes, 0.5) / At(directTimes, 0.5):F2} | {At(directTimes, 0.95):F2} | {At(unifiedTimes, 0.95):F2} | {At(unifiedTimes, 0.95) / At(directTimes, 0.95):F2} |"));
    }
}

static double At(List<double> times, double quantile) => times.Order().ElementAt((int)(quantile * (times.Count - 1)));
