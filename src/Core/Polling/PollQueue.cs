using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>The queue of connections that are due. A session is a connection, so that none is polled twice at once.</summary>
public static class PollQueue
{
    /// <summary>Its name.</summary>
    public const string Name = "polls";

    /// <summary>Its dead letters, as a trigger names them.</summary>
    public const string DeadLetters = Name + "/$DeadLetterQueue";

    /// <summary>What it is made with, here and in <c>infra/</c>.</summary>
    /// <remarks>A poll that the queue gives up on is not lost: <see cref="DueIndex"/> has the connection come up again.</remarks>
    public static QueueDefinition Definition { get; } = new(Name)
    {
        RequiresSession = true,
        MaxDeliveryCount = 5,
        LockDuration = TimeSpan.FromMinutes(1),
        DuplicateWindow = TimeSpan.FromMinutes(10),
    };
}
