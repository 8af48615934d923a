using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Queues;

/// <summary>What the database knows of its queues from one start to the next.</summary>
internal static class QueueCatalog
{
    /// <summary>Enters the queues, and ends the locks that the last process left.</summary>
    /// <exception cref="InvalidOperationException">A queue that holds messages had its sessions switched on or off.</exception>
    public static void Open(Database database, IReadOnlyList<QueueDefinition> queues) => database.WriteAsync(
        session =>
        {
            foreach (var queue in queues)
            {
                Enter(session, queue);
                QueueRows.EndLocks(session, queue);
            }

            return queues.Count;
        },
        CancellationToken.None).GetAwaiter().GetResult();

    // As in Service Bus, where it is fixed when the queue is made: messages sent without a session have no place in one.
    private static void Enter(SqliteSession session, QueueDefinition queue)
    {
        var requiresSession = queue.RequiresSession ? 1L : 0L;
        var before = session.Number("SELECT requires_session FROM queues WHERE name = $1", queue.Name);
        var holdsMessages = session.Number(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM messages WHERE queue = $1) OR EXISTS (SELECT 1 FROM scheduled WHERE queue = $1)",
            queue.Name) is not null;
        if (before is not null && before != requiresSession && holdsMessages)
        {
            throw new InvalidOperationException(
                $"Queue '{queue.Name}' holds messages, so its sessions cannot be switched {(queue.RequiresSession ? "on" : "off")}. "
                + "Let it run empty first, or name a new queue.");
        }

        session.Execute("INSERT OR REPLACE INTO queues(name, requires_session) VALUES($1, $2)", queue.Name, requiresSession);
    }
}
