using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millwright.Live.Tests.Tryton;

/// <summary>Stands between the connector and Tryton: notes the calls, and loses answers where a test wants it.</summary>
internal sealed class TrytonProxy : IAsyncDisposable
{
    private readonly HttpClient _tryton;
    private readonly WebApplication _app;
    private string? _authorization;

    private TrytonProxy(string target)
    {
        _tryton = new HttpClient { BaseAddress = new Uri(target) };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>The methods called, in order of arrival.</summary>
    public ConcurrentQueue<string> Methods { get; } = new();

    /// <summary>Calls of this method are carried out, and their answers lost.</summary>
    public string? Lose { get; set; }

    /// <summary>Runs before a call is passed on; gets the method.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public string Address => _app.Urls.Single();

    public static async Task<TrytonProxy> StartAsync(string target)
    {
        var proxy = new TrytonProxy(target);
        await proxy._app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Ends the session that the connector last used, as Tryton does by itself after a while.</summary>
    public Task EndSessionAsync() => SendAsync("/tryton/", """{"id":1,"method":"common.db.logout","params":[]}""", _authorization);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _tryton.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var method = (string)JsonNode.Parse(body)!["method"]!;
        Methods.Enqueue(method);
        _authorization = (string?)context.Request.Headers.Authorization ?? _authorization;
        await Before(method);
        using var answer = await SendAsync(context.Request.Path, body, context.Request.Headers.Authorization);
        if (method == Lose)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> SendAsync(string path, string body, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        return _tryton.SendAsync(request);
    }
}
