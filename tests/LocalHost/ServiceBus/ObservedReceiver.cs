using System.Collections.Concurrent;
using System.Threading.Channels;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.Tests.ServiceBus;

/// <summary>Tells what happens to a queue's messages, and makes the faults that the queue itself does not make.</summary>
/// <param name="receiver">The real one.</param>
/// <param name="failure">What the first receive fails with; null for nothing.</param>
internal sealed class ObservedReceiver(IQueueReceiver receiver, Exception? failure) : IQueueReceiver
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, QueueDelivery> _deliveries = new(StringComparer.Ordinal);
    private Exception? _failure = failure;

    /// <summary>The next thing that happened to a message, such as <c>complete m1</c>.</summary>
    public async Task<string> NextEventAsync() => await _events.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Takes the lock of a message away, as if it had expired.</summary>
    public async Task LoseLockAsync(string id) =>
        Assert.True(await receiver.AbandonAsync(_deliveries[id], TestContext.Current.CancellationToken));

    public async Task<QueueDelivery> ReceiveAsync(string queue, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw failure;
        }

        var delivery = await receiver.ReceiveAsync(queue, cancellationToken);
        _deliveries[delivery.Message.MessageId] = delivery;
        return delivery;
    }

    public Task<bool> CompleteAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        TellAsync("complete", delivery, receiver.CompleteAsync(delivery, cancellationToken));

    public Task<bool> AbandonAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        TellAsync("abandon", delivery, receiver.AbandonAsync(delivery, cancellationToken));

    public Task<bool> DeadLetterAsync(QueueDelivery delivery, string reason, string description, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The host leaves dead-lettering to the queue.");

    public Task<bool> RenewAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        TellAsync("renew", delivery, receiver.RenewAsync(delivery, cancellationToken));

    private async Task<bool> TellAsync(string what, QueueDelivery delivery, Task<bool> settling)
    {
        var held = await settling;
        Assert.True(_events.Writer.TryWrite($"{(held ? "" : "lost ")}{what} {delivery.Message.MessageId}"));
        return held;
    }
}
