using System.Diagnostics;

namespace Millwright.Bench.EntityPath;

/// <summary>Calls one address over and over.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) });
    private readonly Uri _address;

    public LoadClient(Uri address, (string Name, string Value) header)
    {
        _address = address;
        _http.DefaultRequestHeaders.Add(header.Name, header.Value);
    }

    /// <summary>Makes the calls, spread over the callers.</summary>
    /// <returns>Each call's time to the last byte, in milliseconds.</returns>
    public async Task<IReadOnlyList<double>> RunAsync(int calls, int callers)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync(calls / callers)));
        return [.. times.SelectMany(t => t)];
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<double>> CallAsync(int calls)
    {
        var times = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await _http.GetAsync(_address);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }
}
