using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>Sends the connections that are due to the queue. Its cost grows with those, not with the ones that wait.</summary>
public sealed class PollScheduler(DueIndex index, IQueueSender queue, TimeProvider time, ILogger<PollScheduler> logger)
{
    /// <summary>After this a connection comes up again whose poll has not set its next time: the message was lost, or the queue gave up on it.</summary>
    public static readonly TimeSpan Watch = TimeSpan.FromMinutes(10);

    private const int SendsAtOnce = 16;
    private const int Batch = 500;

    /// <summary>Sends what is due.</summary>
    /// <returns>How many connections that were.</returns>
    /// <remarks>
    /// Sent before it is put off: a crash between the two sends it again, which the queue sees as a duplicate. The same holds for another run at
    /// the same time, or one that comes late.
    /// </remarks>
    public async Task<int> TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sent = 0;
        await foreach (var due in index.DueAsync(now, cancellationToken).Chunk(Batch).WithCancellation(cancellationToken))
        {
            var watch = now + Watch;
            var connections = due.DistinctBy(entry => entry.ConnectionId, StringComparer.Ordinal).ToList();
            await Parallel.ForEachAsync(
                connections,
                new ParallelOptions { MaxDegreeOfParallelism = SendsAtOnce, CancellationToken = cancellationToken },
                (entry, stop) => new ValueTask(SendAsync(entry.ConnectionId, entry.Due, watch, stop)));
            await index.MoveAsync(due, watch, cancellationToken);
            PollMetrics.Due(connections.Count, now - due[0].Due);
            sent += connections.Count;
        }

        if (sent > 0)
        {
            logger.LogInformation("Queued {Count} connections to be polled", sent);
        }

        return sent;
    }

    /// <summary>Has a connection polled now, beside its own times.</summary>
    public async Task PollNowAsync(string connectionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var watch = now + Watch;
        await index.AddAsync(connectionId, watch, cancellationToken);
        await SendAsync(connectionId, now, watch, cancellationToken);
    }

    private Task SendAsync(string connectionId, DateTimeOffset due, DateTimeOffset watch, CancellationToken cancellationToken) =>
        queue.SendAsync(PollQueue.Name, new PollMessage(connectionId, watch).ToMessage(due), cancellationToken);
}
