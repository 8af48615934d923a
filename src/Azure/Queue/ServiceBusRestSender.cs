using System.Collections.Frozen;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Queue;

/// <summary>
/// Sends with one HTTPS request a message ("Send Message" of the Service Bus REST API), so that a cold start waits for no AMQP handshake.
/// </summary>
/// <remarks>
/// Returns on 201, which Service Bus gives once the message is durable. The pipeline tries again after a lost answer with the same message
/// id; a queue with a duplicate window drops the second, one without may hold the message twice.
/// </remarks>
internal sealed class ServiceBusRestSender(HttpPipeline pipeline, Uri endpoint, IEnumerable<QueueDefinition> queues) : IQueueSender
{
    private readonly FrozenDictionary<string, QueueDefinition> _queues = queues.ToFrozenDictionary(q => q.Name, StringComparer.Ordinal);

    public async Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        if (!_queues.TryGetValue(queue, out var definition))
        {
            throw new ArgumentException($"'{queue}' is not one of the queues: {string.Join(", ", _queues.Keys.Order(StringComparer.Ordinal))}.", nameof(queue));
        }

        QueueLimits.Check(message);
        if (definition.RequiresSession && message.SessionId is null)
        {
            throw new StorageLimitException($"Queue '{queue}' needs a session id.");
        }

        using var exchange = pipeline.CreateMessage();
        Fill(exchange.Request, queue, message);
        await pipeline.SendAsync(exchange, cancellationToken);
        if (exchange.Response.Status != 201)
        {
            throw new RequestFailedException(exchange.Response.Status, Explain(exchange.Response.Status, queue));
        }
    }

    private static string Explain(int status, string queue) => $"Service Bus answered {status} to a message for queue '{queue}'" + status switch
    {
        401 => ": the identity's token was refused; it needs the role Azure Service Bus Data Sender.",
        403 => ": the queue is full, the message is too large, or the identity may not send.",
        404 or 410 => ": there is no such queue.",
        413 => ": the message is too large.",
        _ => ".",
    };

    private void Fill(Request request, string queue, QueueMessage message)
    {
        request.Method = RequestMethod.Post;
        request.Uri.Reset(endpoint);
        request.Uri.AppendPath($"/{queue}/messages", escape: false);
        request.Headers.SetValue("Content-Type", "text/plain; charset=utf-8");
        request.Headers.SetValue("BrokerProperties", BrokerProperties.Of(message));
        foreach (var (name, value) in message.Properties)
        {
            // In quotes it is text; without, Service Bus would look for a number or a date.
            request.Headers.SetValue(name, $"\"{value}\"");
        }

        request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(message.Body));
    }
}
