using System.Text;

namespace Millwright.Core.Storage;

/// <summary>The bounds of Service Bus Standard, which every adapter keeps. Source: "Service Bus quotas" in the Azure documentation.</summary>
public static class QueueLimits
{
    /// <summary>Bytes of a message with its headers.</summary>
    public const int MessageBytes = 256 * 1024;

    /// <summary>Bytes of the headers of a message, properties included; kept free of the body's share.</summary>
    public const int HeaderBytes = 64 * 1024;

    /// <summary>Characters of a message id or session id.</summary>
    public const int IdLength = 128;

    /// <summary>The longest duplicate window.</summary>
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromDays(7);

    /// <summary>The longest lock.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(5);

    /// <summary>Checks what a queue is to be created with.</summary>
    /// <exception cref="StorageLimitException">A bound is exceeded; the message says which.</exception>
    public static void Check(QueueDefinition queue)
    {
        if (queue.Name.Length is 0 or > 260 || !queue.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new StorageLimitException($"'{queue.Name}' is not a queue name: 1 to 260 letters, digits and - _ .");
        }

        if (queue.MaxDeliveryCount < 1)
        {
            throw new StorageLimitException($"Queue '{queue.Name}' has a maximum delivery count of {queue.MaxDeliveryCount}, below 1.");
        }

        if (queue.LockDuration <= TimeSpan.Zero || queue.LockDuration > Lock)
        {
            throw new StorageLimitException($"Queue '{queue.Name}' has a lock of {queue.LockDuration}, which is not within {Lock}.");
        }

        if (queue.DuplicateWindow < TimeSpan.Zero || queue.DuplicateWindow > DuplicateWindow)
        {
            throw new StorageLimitException(
                $"Queue '{queue.Name}' has a duplicate window of {queue.DuplicateWindow}, which is not within {DuplicateWindow}.");
        }
    }

    /// <summary>Checks a message.</summary>
    /// <exception cref="StorageLimitException">It is too large, an id is empty or too long, or a property is not one (see <see cref="QueueProperties"/>).</exception>
    public static void Check(QueueMessage message)
    {
        if (message.MessageId.Length is 0 or > IdLength)
        {
            throw new StorageLimitException($"A message id of {message.MessageId.Length} characters is outside 1 to {IdLength}.");
        }

        if (message.SessionId?.Length is 0 or > IdLength)
        {
            throw new StorageLimitException($"A session id of {message.SessionId.Length} characters is outside 1 to {IdLength}.");
        }

        QueueProperties.Check(message.Properties);
        var headers = message.Properties.Sum(p => Encoding.UTF8.GetByteCount(p.Key) + Encoding.UTF8.GetByteCount(p.Value) + 8) + 512;
        if (headers > HeaderBytes)
        {
            throw new StorageLimitException($"Headers of {headers} bytes are over the limit of {HeaderBytes}.");
        }

        if (headers + Encoding.UTF8.GetByteCount(message.Body) is var size and > MessageBytes)
        {
            throw new StorageLimitException($"A message of {size} bytes is over the limit of {MessageBytes}.");
        }
    }
}
