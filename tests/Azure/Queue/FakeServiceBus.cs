using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Storage;
using Millwright.OnAzure.Queue;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Queue;

/// <summary>The documented REST behaviour of Service Bus for sending a message.</summary>
internal sealed class FakeServiceBus : IAsyncDisposable
{
    public static readonly QueueDefinition Plain = new("plain") { DuplicateWindow = TimeSpan.FromMinutes(10) };
    public static readonly QueueDefinition Sessions = new("sessions") { RequiresSession = true };

    private static readonly Uri Endpoint = new("https://millwright-test.servicebus.windows.net/");

    private readonly ConcurrentDictionary<string, RecordedRequest> _accepted = new(StringComparer.Ordinal);
    private LoopbackServer? _server;

    /// <summary>Runs once a message is accepted and before that is answered; may cut the connection.</summary>
    public Action<HttpContext> AfterAccept { get; set; } = _ => { };

    /// <summary>Runs before anything is looked at; returns true if it has answered itself.</summary>
    public Func<HttpContext, bool> Before { get; set; } = _ => false;

    public IEnumerable<RecordedRequest> Requests => _server!.Requests;

    /// <summary>The messages held, by message id.</summary>
    public IReadOnlyDictionary<string, RecordedRequest> Accepted => _accepted;

    public static async Task<FakeServiceBus> StartAsync()
    {
        var bus = new FakeServiceBus();
        bus._server = await LoopbackServer.StartAsync(bus.AnswerAsync);
        return bus;
    }

    public ServiceBusRestSender Sender(TokenCredential? credential = null, params QueueDefinition[] others)
    {
        var options = new ServiceBusClientOptions { Transport = _server!.Transport }.WithDefaults();
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new ServiceBusRestSender(ServiceBusPipeline.Build(credential ?? new StaticCredential(), options), Endpoint, [Plain, Sessions, .. others]);
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private Task AnswerAsync(HttpContext context, RecordedRequest request)
    {
        if (Before(context))
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = Judge(request);
        if (context.Response.StatusCode == 201)
        {
            _ = _accepted.TryAdd(JsonNode.Parse(request.Header("BrokerProperties")!)!["MessageId"]!.GetValue<string>(), request);
            AfterAccept(context);
        }

        return Task.CompletedTask;
    }

    private static int Judge(RecordedRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {StaticCredential.GoodToken}")
        {
            return 401;
        }

        var definition = new[] { Plain, Sessions }.FirstOrDefault(q => request.Path == $"/{q.Name}/messages");
        if (definition is null || request.Method != "POST")
        {
            return 404;
        }

        if (Encoding.UTF8.GetByteCount(request.Body) > QueueLimits.MessageBytes)
        {
            return 413;
        }

        try
        {
            var properties = JsonNode.Parse(request.Header("BrokerProperties") ?? "")!;
            return properties["MessageId"] is null || (definition.RequiresSession && properties["SessionId"] is null) ? 400 : 201;
        }
        catch (JsonException)
        {
            return 400;
        }
    }
}
