using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millwright.Testing.App;

/// <summary>
/// Stands between Millwright and a connected system and can hold the answer to one request after the system has carried it out: the
/// moment at which a crash would lose the answer but not the write.
/// </summary>
public sealed class HoldingProxy : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _upstream;
    private Hold? _next;

    private HoldingProxy(WebApplication server, HttpClient upstream)
    {
        _server = server;
        _upstream = upstream;
    }

    /// <summary>Where it listens, with the upstream's path.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it in front of a system.</summary>
    public static async Task<HoldingProxy> StartAsync(Uri upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var server = builder.Build();
        var proxy = new HoldingProxy(server, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = upstream });
        server.Run(proxy.ForwardAsync);
        await server.StartAsync();
        proxy.Address = new Uri(new Uri(server.Urls.Single()), upstream.PathAndQuery);
        return proxy;
    }

    /// <summary>Holds the answer to the next request that matches.</summary>
    /// <param name="matches">Given the method and path, and the body.</param>
    /// <returns>Completes when the system has answered and the answer is being held; it is never sent.</returns>
    public Task HoldNext(Func<string, string, bool> matches)
    {
        var hold = new Hold(matches);
        _next = hold;
        return hold.Held.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.Value);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.Remove(name);
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var answer = await _upstream.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (_next is { } hold && hold.Matches($"{context.Request.Method} {context.Request.Path}", body) && Interlocked.CompareExchange(ref _next, null, hold) == hold)
        {
            hold.Held.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection")))
        {
            context.Response.Headers.Append(name, values.ToArray());
        }

        if (bytes.Length > 0)
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    private sealed record Hold(Func<string, string, bool> Matches)
    {
        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
