using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>A queue in the hands of the test: it keeps what is sent and delivers what it is told to.</summary>
internal sealed class FakeQueue(QueueDefinition definition, TimeProvider time) : IQueueSender
{
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether it refuses everything.</summary>
    public bool Down { get; set; }

    /// <summary>Whether it drops what it took within the duplicate window. Off, so that processing stands alone.</summary>
    public bool DropsDuplicates { get; set; }

    /// <summary>All that was sent.</summary>
    public List<QueueMessage> Sent { get; } = [];

    /// <summary>What was not delivered yet, in the order sent.</summary>
    public List<QueueMessage> Waiting { get; } = [];

    public Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        Assert.Equal(definition.Name, queue);
        Assert.NotNull(message.SessionId);
        QueueLimits.Check(message);
        if (Down)
        {
            throw new IOException("The queue is down.");
        }

        lock (_seen)
        {
            Take(message);
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes the message that is due first.</summary>
    public QueueMessage? TakeNext()
    {
        var next = Waiting.MinBy(m => m.ScheduledAt ?? DateTimeOffset.MinValue);
        if (next is not null)
        {
            Waiting.Remove(next);
        }

        return next;
    }

    private void Take(QueueMessage message)
    {
        Sent.Add(message);
        var now = time.GetUtcNow();
        if (!DropsDuplicates || !_seen.TryGetValue(message.MessageId, out var seen) || seen + definition.DuplicateWindow <= now)
        {
            _seen[message.MessageId] = now;
            Waiting.Add(message);
        }
    }
}
