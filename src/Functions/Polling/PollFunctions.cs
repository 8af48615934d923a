using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.Core.Polling;

namespace Millwright.Functions.Polling;

/// <summary>The way of a poll: due, queued, done.</summary>
internal sealed class PollFunctions(PollScheduler scheduler, PollWorker worker, ILogger<PollFunctions> logger)
{
    /// <summary>Queues the connections that are due. One that comes late, or two at once, do no harm.</summary>
    [Function("QueuePolls")]
    public Task Queue([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => scheduler.TickAsync(cancellationToken);

    /// <summary>Polls a connection.</summary>
    [Function("PollConnection")]
    public Task Poll(
        [ServiceBusTrigger(PollQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true)] string message, CancellationToken cancellationToken) =>
        worker.ProcessAsync(message, cancellationToken);

    /// <summary>Lets go of a poll that the queue gave up on: the connection comes up again by itself.</summary>
    [Function("DropDeadPoll")]
    public void DropDead([ServiceBusTrigger(PollQueue.DeadLetters, Connection = "ServiceBus")] string message) =>
        logger.LogError("The queue gave up on a poll; the log has the cause of each try. It is tried again later: {Poll}", message);
}
