using System.Globalization;
using System.Text.RegularExpressions;
using Millwright.Bench.Polling;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

// Counts the requests that polling makes to the connected system. With the address of a Tryton as its argument, on that too.
await using var app = await MillwrightApp.StartAsync();
using var application = await ApiClient.AsApplicationAsync(app);
ISource[] sources = args is [var tryton] ? [new SandboxSource(app.SandboxAddress), new TrytonSource(new Uri(tryton))] : [new SandboxSource(app.SandboxAddress)];

Console.WriteLine("| system | entities | poll | records read | changed | requests | requests a changed record |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var source in sources)
{
    using (source)
    {
        await MeasureAsync(source, "vendors");
        await MeasureAsync(source);
    }
}

async Task MeasureAsync(ISource source, params string[] entities)
{
    using var customer = await application.ConnectAsync(source.Provider, source.Credentials);
    var polled = new PolledConnection(application, customer, entities);
    Print("first, from now", await PollAsync(() => polled.ConfigureAsync()));
    Print("all records", await PollAsync(() => polled.SyncAsync()));
    Print("nothing changed", await PollAsync(() => polled.SyncAsync(compare: false)));
    foreach (var changes in (int[])[1, 10, 100, 1_000])
    {
        await source.CreateVendorsAsync(changes);
        Print($"{changes} changed", await PollAsync(() => polled.SyncAsync(compare: false)));
    }

    void Print(string poll, (int Requests, int Read, int Changed) count) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {source.Name} | {(entities is [] ? "all" : string.Join(", ", entities))} | {poll} | {count.Read} | {count.Changed} | {count.Requests} | {(count.Changed == 0 ? "" : $"{(double)count.Requests / count.Changed:0.###}")} |"));
}

// What Millwright's own log says of the poll.
async Task<(int Requests, int Read, int Changed)> PollAsync(Func<Task> poll)
{
    var before = Polls().Count;
    await poll();
    while (Polls().Count == before)
    {
        await Task.Delay(50);
    }

    // Without a change of its own in between, one poll is one line.
    var made = Polls()[before..];
    return (made.Sum(p => p.Requests), made.Sum(p => p.Read), made.Sum(p => p.Changed));
}

List<(int Requests, int Read, int Changed)> Polls() =>
    [.. app.Output.Select(line => Line().Match(line)).Where(m => m.Success).Select(m => (Number(m, "requests"), Number(m, "read"), Number(m, "changed")))];

static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

internal static partial class Program
{
    [GeneratedRegex(@"Polled with (?<requests>\d+) requests: (?<read>\d+) records read, (?<changed>\d+) changed", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Line();
}
