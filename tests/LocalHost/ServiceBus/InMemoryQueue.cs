using System.Threading.Channels;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.Tests.ServiceBus;

/// <summary>A small queue with sessions, locks, delivery counts and dead letters. Tells what happens to its messages.</summary>
internal sealed class InMemoryQueue(TimeProvider time, TimeSpan lockDuration, int maxDeliveryCount = 10) : IQueueReceiver
{
    public const string DeadLetters = "/$DeadLetterQueue";

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sequence;

    /// <summary>Makes the next receive fail.</summary>
    public Exception? ReceiveFailure { get; set; }

    public void Send(string queue, string id, string body, string? session = null, params (string Name, string Value)[] properties)
    {
        var message = new QueueMessage(id, body)
        {
            SessionId = session,
            Properties = properties.ToDictionary(p => p.Name, p => p.Value),
        };
        lock (_gate)
        {
            _entries.Add(new Entry(new QueueDelivery(queue, message, "", ++_sequence, 0, time.GetUtcNow(), default)));
            Pulse();
        }
    }

    /// <summary>The next thing that happened to a message, such as <c>complete m1</c>.</summary>
    public async Task<string> NextEventAsync() => await _events.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<QueueDelivery> ReceiveAsync(string queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (ReceiveFailure is { } failure)
                {
                    ReceiveFailure = null;
                    throw failure;
                }

                if (_entries.FirstOrDefault(e => e.Delivery.Queue == queue && IsFree(e)) is { } entry)
                {
                    var delivery = entry.Delivery with
                    {
                        LockToken = $"lock {++_sequence}",
                        DeliveryCount = entry.Delivery.DeliveryCount + 1,
                        LockedUntil = time.GetUtcNow() + lockDuration,
                    };
                    entry.Delivery = delivery;
                    return delivery;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task<bool> CompleteAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        SettleAsync("complete", delivery, entry => _entries.Remove(entry));

    public Task<bool> AbandonAsync(QueueDelivery delivery, CancellationToken cancellationToken) => SettleAsync("abandon", delivery, entry =>
    {
        entry.Delivery = entry.Delivery with { LockedUntil = default };
        if (entry.Delivery.DeliveryCount == maxDeliveryCount)
        {
            entry.Delivery = entry.Delivery with
            {
                Queue = entry.Delivery.Queue + DeadLetters,
                DeadLetterReason = "MaxDeliveryCountExceeded",
                DeadLetterDescription = "Too often.",
            };
        }
    });

    public Task<bool> DeadLetterAsync(QueueDelivery delivery, string reason, string description, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The host leaves dead-lettering to the queue.");

    public Task<bool> RenewAsync(QueueDelivery delivery, CancellationToken cancellationToken) => SettleAsync(
        "renew", delivery, entry => entry.Delivery = entry.Delivery with { LockedUntil = time.GetUtcNow() + lockDuration });

    /// <summary>Takes the lock of a message away, as if it had expired.</summary>
    public void LoseLock(string id)
    {
        lock (_gate)
        {
            var entry = _entries.Single(e => e.Delivery.Message.MessageId == id);
            entry.Delivery = entry.Delivery with { LockedUntil = default, LockToken = "" };
            Pulse();
        }
    }

    private Task<bool> SettleAsync(string what, QueueDelivery delivery, Action<Entry> settle)
    {
        lock (_gate)
        {
            var held = _entries.FirstOrDefault(e => e.Delivery.LockToken == delivery.LockToken && e.Delivery.LockedUntil > time.GetUtcNow());
            if (held is not null)
            {
                settle(held);
                Pulse();
            }

            Assert.True(_events.Writer.TryWrite($"{(held is null ? "lost " : "")}{what} {delivery.Message.MessageId}"));
            return Task.FromResult(held is not null);
        }
    }

    private bool IsFree(Entry entry) =>
        entry.Delivery.LockedUntil <= time.GetUtcNow()
        && (entry.Delivery.Message.SessionId is not { } session || !_entries.Any(other =>
            other.Delivery.Message.SessionId == session && other.Delivery.LockedUntil > time.GetUtcNow()));

    private void Pulse()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Entry(QueueDelivery delivery)
    {
        public QueueDelivery Delivery { get; set; } = delivery;
    }
}
