using System.Security.Cryptography;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Queues;

internal sealed class EmbeddedQueues : IQueueSender, IQueueReceiver, IDisposable
{
    private readonly Database _database;
    private readonly QueueRows _rows;
    private readonly Dictionary<string, QueueChannel> _channels = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    /// <exception cref="InvalidOperationException">A queue that holds messages had its sessions switched on or off.</exception>
    public EmbeddedQueues(Database database, IReadOnlyList<QueueDefinition> queues, TimeProvider time, RandomNumberGenerator random)
    {
        _database = database;
        _rows = new QueueRows(time, random);
        QueueCatalog.Open(database, queues);
        foreach (var queue in queues)
        {
            foreach (var channel in (QueueChannel[])[new(queue, isDeadLetters: false, time), new(queue, isDeadLetters: true, time)])
            {
                _channels.Add(channel.Name, channel);
            }
        }
    }

    public async Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        var channel = Channel(queue);
        if (channel.IsDeadLetters)
        {
            throw new ArgumentException($"'{queue}' takes no messages; they come to it from its queue.", nameof(queue));
        }

        QueueLimits.Check(message);
        if (channel.Queue.RequiresSession && message.SessionId is null)
        {
            throw new StorageLimitException($"Queue '{queue}' needs a session id; message '{message.MessageId}' has none.");
        }

        var stored = StoredMessage.Of(message);
        var scheduledAt = message.ScheduledAt;
        if (await _database.WriteAsync(session => _rows.Send(session, channel.Queue, stored, scheduledAt), cancellationToken))
        {
            channel.WakeUp.Now();
        }
    }

    public async Task<QueueDelivery> ReceiveAsync(string queue, CancellationToken cancellationToken)
    {
        var channel = Channel(queue);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            while (true)
            {
                var claim = await _database.WriteAsync(session => _rows.Claim(session, channel), waiting.Token);
                Announce(channel, claim);
                if (claim.Delivery is not null)
                {
                    return claim.Delivery;
                }

                await channel.WakeUp.WaitAsync(waiting.Token);
            }
        }
        catch (OperationCanceledException cancelled) when (_closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException("The embedded storage was closed while waiting for a message.", cancelled);
        }
        catch
        {
            // This receiver may have been the one that was woken; another takes its place.
            channel.WakeUp.Now();
            throw;
        }
    }

    public Task<bool> CompleteAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        SettleAsync(delivery, _rows.Complete, cancellationToken);

    public Task<bool> AbandonAsync(QueueDelivery delivery, CancellationToken cancellationToken) =>
        SettleAsync(delivery, _rows.Abandon, cancellationToken);

    public async Task<bool> DeadLetterAsync(QueueDelivery delivery, string reason, string description, CancellationToken cancellationToken)
    {
        if (Channel(delivery.Queue).IsDeadLetters)
        {
            throw new ArgumentException($"Message '{delivery.Message.MessageId}' is a dead letter already.", nameof(delivery));
        }

        return await SettleAsync(
            delivery, (session, channel, held) => _rows.DeadLetter(session, channel, held, reason, description), cancellationToken);
    }

    public async Task<bool> RenewAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        var channel = Channel(delivery.Queue);
        return await _database.WriteAsync(session => _rows.Renew(session, channel, delivery), cancellationToken);
    }

    public void Dispose()
    {
        _closing.Cancel();
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private QueueChannel Channel(string queue) => _channels.TryGetValue(queue, out var channel)
        ? channel
        : throw new ArgumentException($"There is no queue '{queue}'.", nameof(queue));

    private QueueChannel OtherOf(QueueChannel channel) =>
        _channels[channel.IsDeadLetters ? channel.Queue.Name : QueueChannel.DeadLettersOf(channel.Queue.Name)];

    private void Announce(QueueChannel channel, Claim claim)
    {
        if (claim.HasMore)
        {
            channel.WakeUp.Now();
        }

        if (claim.Returned)
        {
            OtherOf(channel).WakeUp.Now();
        }

        if (claim.NextDue is { } due)
        {
            // Also for the other one, whose receivers may have been waiting since before this lock was taken.
            channel.WakeUp.At(due);
            OtherOf(channel).WakeUp.At(due);
        }
    }

    private async Task<bool> SettleAsync(
        QueueDelivery delivery, Func<SqliteSession, QueueChannel, QueueDelivery, bool> settle, CancellationToken cancellationToken)
    {
        var channel = Channel(delivery.Queue);
        var settled = await _database.WriteAsync(session => settle(session, channel, delivery), cancellationToken);
        if (settled)
        {
            channel.WakeUp.Now();
            OtherOf(channel).WakeUp.Now();
        }

        return settled;
    }
}
