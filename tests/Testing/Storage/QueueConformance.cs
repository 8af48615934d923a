using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

/// <summary>
/// What every pair of <see cref="IQueueSender"/> and <see cref="IQueueReceiver"/> does. An adapter makes <see cref="Queues"/>, empty, for
/// each test and runs on <see cref="Time"/>. That something is not handed out is shown by what is handed out instead, never by waiting.
/// </summary>
public abstract partial class QueueConformance
{
    /// <summary>A queue without sessions and without duplicate detection.</summary>
    protected const string Plain = "plain";

    /// <summary>A queue with sessions.</summary>
    protected const string Sessions = "sessions";

    /// <summary>A queue with duplicate detection.</summary>
    protected const string Distinct = "distinct";

    /// <summary>How long a delivery of any of the queues is locked.</summary>
    protected static readonly TimeSpan Lock = TimeSpan.FromSeconds(30);

    /// <summary>The duplicate window of <see cref="Distinct"/>.</summary>
    protected static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MaxDeliveryCount = 3;

    // Only a failing test waits this long: a guard against hanging, not a bound on speed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The queues under test.</summary>
    protected static IReadOnlyList<QueueDefinition> Queues { get; } =
    [
        new(Plain) { LockDuration = Lock, MaxDeliveryCount = MaxDeliveryCount },
        new(Sessions) { LockDuration = Lock, MaxDeliveryCount = MaxDeliveryCount, RequiresSession = true },
        new(Distinct) { LockDuration = Lock, MaxDeliveryCount = MaxDeliveryCount, DuplicateWindow = Window },
    ];

    /// <summary>The clock of the adapter.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    /// <summary>The sender under test.</summary>
    protected abstract IQueueSender Sender { get; }

    /// <summary>The receiver under test.</summary>
    protected abstract IQueueReceiver Receiver { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string DeadLettersOf(string queue) => queue + "/$DeadLetterQueue";

    private Task SendAsync(string queue, string id, string? session = null, DateTimeOffset? scheduledAt = null) =>
        Sender.SendAsync(queue, new QueueMessage(id, "body of " + id) { SessionId = session, ScheduledAt = scheduledAt }, Cancel);

    private Task<QueueDelivery> ReceiveAsync(string queue) => Receiver.ReceiveAsync(queue, Cancel).WaitAsync(Patience, Cancel);

    private async Task<string> ReceiveIdAsync(string queue) => (await ReceiveAsync(queue)).Message.MessageId;

    private async Task CompleteNextAsync(string queue, string expectedId)
    {
        var delivery = await ReceiveAsync(queue);
        Assert.Equal(expectedId, delivery.Message.MessageId);
        Assert.True(await Receiver.CompleteAsync(delivery, Cancel));
    }

    /// <summary>Shows that the queue holds nothing more to hand out: a message sent now is the next.</summary>
    private async Task NothingElseAsync(string queue)
    {
        await SendAsync(queue, "sentinel", session: "sentinel");
        await CompleteNextAsync(queue, "sentinel");
    }
}
