using Millwright.Core.Storage;

namespace Millwright.Embedded.Queues;

/// <summary>What can be received from: a queue, or its dead letters.</summary>
internal sealed class QueueChannel(QueueDefinition queue, bool isDeadLetters, TimeProvider time) : IDisposable
{
    public QueueDefinition Queue { get; } = queue;

    public bool IsDeadLetters { get; } = isDeadLetters;

    /// <summary>The name it is received from, which is also the one in the database.</summary>
    public string Name { get; } = isDeadLetters ? DeadLettersOf(queue.Name) : queue.Name;

    public WakeUp WakeUp { get; } = new(time);

    public static string DeadLettersOf(string queue) => queue + "/$DeadLetterQueue";

    public void Dispose() => WakeUp.Dispose();
}
