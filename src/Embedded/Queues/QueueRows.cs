using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Queues;

/// <summary>
/// The life of a message in the database. Every method runs on the writing session, so nothing comes between what it reads and writes.
/// A message is behind another one of its session, ready, or locked; the oldest ready one is handed out.
/// </summary>
internal sealed class QueueRows(TimeProvider time, RandomNumberGenerator random)
{
    private const long Behind = 0;
    private const long Ready = 1;

    /// <summary>Adds the message unless the queue remembers its id.</summary>
    public bool Send(SqliteSession session, QueueDefinition queue, StoredMessage message, DateTimeOffset? scheduledAt)
    {
        var now = time.GetUtcNow();
        if (queue.DuplicateWindow > TimeSpan.Zero)
        {
            session.Execute(QueueStatements.ForgetSeen, now.UtcTicks);
            var until = (now + queue.DuplicateWindow).UtcTicks;
            if (session.Execute(QueueStatements.Remember, queue.Name, message.MessageId, until, now.UtcTicks) == 0)
            {
                return false;
            }
        }

        if (scheduledAt > now)
        {
            session.Execute(
                QueueStatements.Schedule,
                queue.Name,
                scheduledAt.Value.UtcTicks,
                message.SessionId,
                message.MessageId,
                message.Body,
                message.Properties);
        }
        else
        {
            Add(session, queue, message, now.UtcTicks);
        }

        return true;
    }

    /// <summary>Locks the channel's oldest ready message, after what is due has been made ready.</summary>
    public Claim Claim(SqliteSession session, QueueChannel channel)
    {
        var now = time.GetUtcNow();
        var nextDue = NextDue(session, channel.Queue.Name);
        var returned = nextDue <= now.UtcTicks && Refresh(session, channel.Queue, now.UtcTicks);
        nextDue = returned ? NextDue(session, channel.Queue.Name) : nextDue;
        var lockedUntil = now + channel.Queue.LockDuration;
        var delivery = session.First(QueueStatements.Next, reader => Read(reader, channel.Name, NewLockToken(), lockedUntil), channel.Name);
        if (delivery is not null)
        {
            session.Execute(
                QueueStatements.Lock, delivery.SequenceNumber, (long)delivery.DeliveryCount, delivery.LockToken, lockedUntil.UtcTicks);
            nextDue = Math.Min(nextDue, lockedUntil.UtcTicks);
        }

        var hasMore = session.Number(QueueStatements.HasReady, channel.Name) is not null;
        return new Claim(delivery, hasMore, nextDue == long.MaxValue ? null : FromTicks(nextDue), returned);
    }

    public bool Complete(SqliteSession session, QueueChannel channel, QueueDelivery delivery)
    {
        if (Held(session, delivery) is not { } held)
        {
            return false;
        }

        session.Execute(QueueStatements.Delete, delivery.SequenceNumber);
        session.Execute(QueueStatements.DeletePayload, delivery.SequenceNumber);
        Promote(session, channel, held.SessionId);
        return true;
    }

    public bool Abandon(SqliteSession session, QueueChannel channel, QueueDelivery delivery)
    {
        if (Held(session, delivery) is not { } held)
        {
            return false;
        }

        Return(session, channel.Queue, channel.IsDeadLetters, held);
        return true;
    }

    public bool DeadLetter(SqliteSession session, QueueChannel channel, QueueDelivery delivery, string reason, string description)
    {
        if (Held(session, delivery) is not { } held)
        {
            return false;
        }

        MoveToDeadLetters(session, channel.Queue, held, reason, description);
        return true;
    }

    public bool Renew(SqliteSession session, QueueChannel channel, QueueDelivery delivery)
    {
        if (Held(session, delivery) is null)
        {
            return false;
        }

        session.Execute(QueueStatements.Renew, delivery.SequenceNumber, (time.GetUtcNow() + channel.Queue.LockDuration).UtcTicks);
        return true;
    }

    /// <summary>Ends every lock: whoever held one has ended with the process that opened the file before.</summary>
    public static void EndLocks(SqliteSession session, QueueDefinition queue) => ReleaseExpired(session, queue, long.MaxValue);

    private static DateTimeOffset FromTicks(long ticks) => new(ticks, TimeSpan.Zero);

    private static QueueDelivery Read(SqliteDataReader reader, string queue, string lockToken, DateTimeOffset lockedUntil)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        var message = new StoredMessage(reader.GetString(6), Text(1), reader.GetString(7), reader.GetString(8)).ToMessage();
        return new QueueDelivery(
            queue, message, lockToken, reader.GetInt64(0), reader.GetInt32(3) + 1, FromTicks(reader.GetInt64(2)), lockedUntil)
        {
            DeadLetterReason = Text(4),
            DeadLetterDescription = Text(5),
        };
    }

    private static void Add(SqliteSession session, QueueDefinition queue, StoredMessage message, long enqueuedAt)
    {
        var isBehind = queue.RequiresSession
            && session.Number(QueueStatements.SessionIsBusy, queue.Name, message.SessionId) is not null;
        session.Execute(QueueStatements.Insert, queue.Name, message.SessionId, isBehind ? Behind : Ready, enqueuedAt);
        session.Execute(QueueStatements.InsertPayload, message.MessageId, message.Body, message.Properties);
    }

    private static bool Refresh(SqliteSession session, QueueDefinition queue, long now) =>
        Activate(session, queue, now) | ReleaseExpired(session, queue, now);

    private static bool Activate(SqliteSession session, QueueDefinition queue, long now)
    {
        var due = session.All(
            QueueStatements.Due,
            reader => (
                Id: reader.GetInt64(0),
                DueAt: reader.GetInt64(1),
                Message: new StoredMessage(
                    reader.GetString(3), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(4), reader.GetString(5))),
            enough: null,
            queue.Name,
            now);
        foreach (var (id, dueAt, message) in due)
        {
            session.Execute(QueueStatements.Unschedule, id);
            Add(session, queue, message, dueAt);
        }

        return due.Count > 0;
    }

    private static bool ReleaseExpired(SqliteSession session, QueueDefinition queue, long now)
    {
        var any = false;
        foreach (var isDeadLetters in (ReadOnlySpan<bool>)[false, true])
        {
            var name = isDeadLetters ? QueueChannel.DeadLettersOf(queue.Name) : queue.Name;
            foreach (var held in session.All(QueueStatements.Expired, HeldMessage.Read, enough: null, name, now))
            {
                Return(session, queue, isDeadLetters, held);
                any = true;
            }
        }

        return any;
    }

    private static void Return(SqliteSession session, QueueDefinition queue, bool isDeadLetters, HeldMessage held)
    {
        if (isDeadLetters || held.DeliveryCount < queue.MaxDeliveryCount)
        {
            session.Execute(QueueStatements.Unlock, held.Sequence);
            return;
        }

        var description = string.Create(CultureInfo.InvariantCulture, $"Delivered {held.DeliveryCount} times and never completed.");
        MoveToDeadLetters(session, queue, held, "MaxDeliveryCountExceeded", description);
    }

    private static void MoveToDeadLetters(SqliteSession session, QueueDefinition queue, HeldMessage held, string reason, string description)
    {
        session.Execute(QueueStatements.DeadLetter, held.Sequence, QueueChannel.DeadLettersOf(queue.Name), reason, description);
        if (queue.RequiresSession)
        {
            session.Execute(QueueStatements.Promote, queue.Name, held.SessionId);
        }
    }

    private static void Promote(SqliteSession session, QueueChannel channel, string? sessionId)
    {
        if (channel.Queue.RequiresSession && !channel.IsDeadLetters)
        {
            session.Execute(QueueStatements.Promote, channel.Name, sessionId);
        }
    }

    /// <summary>When the first lock of the queue or its dead letters ends or its first scheduled message is due; the largest number for never.</summary>
    private static long NextDue(SqliteSession session, string queue) =>
        session.Number(QueueStatements.NextDue, queue, QueueChannel.DeadLettersOf(queue))!.Value;

    private HeldMessage? Held(SqliteSession session, QueueDelivery delivery) => session.First(
        QueueStatements.Held, HeldMessage.Read, delivery.SequenceNumber, delivery.Queue, delivery.LockToken, time.GetUtcNow().UtcTicks);

    private string NewLockToken()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.GetBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    /// <summary>A locked message, as far as giving it back needs it.</summary>
    private sealed record HeldMessage(long Sequence, string? SessionId, long DeliveryCount)
    {
        public static HeldMessage Read(SqliteDataReader reader) =>
            new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2));
    }
}
