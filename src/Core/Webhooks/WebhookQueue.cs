using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>The queue between receiving and processing.</summary>
public static class WebhookQueue
{
    /// <summary>Its name.</summary>
    public const string Name = "webhooks";

    /// <summary>Its dead letters, as a trigger names them.</summary>
    public const string DeadLetters = Name + "/$DeadLetterQueue";

    /// <summary>What it is made with, here and in <c>infra/</c>.</summary>
    /// <remarks>The duplicate window only spares work: what is a duplicate is decided by <see cref="ProcessedWebhooks"/>, for weeks.</remarks>
    public static QueueDefinition Definition { get; } = new(Name)
    {
        RequiresSession = true,
        MaxDeliveryCount = 10,
        LockDuration = TimeSpan.FromMinutes(1),
        DuplicateWindow = TimeSpan.FromMinutes(10),
    };
}
