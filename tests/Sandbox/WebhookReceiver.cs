using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Millwright.Sandbox.Tests;

/// <summary>A real HTTP server on a free loopback port that takes webhooks and keeps them.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<ReceivedWebhook> _received = Channel.CreateUnbounded<ReceivedWebhook>();
    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Url => _app.Urls.Single() + "/hooks?from=sandbox";

    /// <summary>What is answered; may take its time.</summary>
    public Func<ReceivedWebhook, CancellationToken, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public void AnswerWith(int status) => Answer = (_, _) => Task.FromResult(status);

    /// <summary>The next webhook that has come, whatever was answered to it; fails the test if none comes.</summary>
    public async Task<ReceivedWebhook> NextAsync() =>
        await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>All that have come and were not looked at yet.</summary>
    public List<ReceivedWebhook> Rest()
    {
        List<ReceivedWebhook> rest = [];
        while (_received.Reader.TryRead(out var webhook))
        {
            rest.Add(webhook);
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var webhook = new ReceivedWebhook(
            context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.ContentType,
            context.Request.Headers["webhook-id"].Single()!, context.Request.Headers["webhook-timestamp"].Single()!,
            context.Request.Headers["webhook-signature"].Single()!, body.ToArray());

        // A test that has seen the webhook may order another answer already: for the next one.
        var answer = Answer;
        await _received.Writer.WriteAsync(webhook);
        try
        {
            context.Response.StatusCode = await answer(webhook, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The sender waited for no answer.
            context.Abort();
        }
    }
}
