using System.Diagnostics;
using System.Threading.Channels;

namespace Millwright.Bench.Webhooks.Load;

/// <summary>Sends webhooks over a number of connections for a time.</summary>
internal sealed class LoadGenerator(WebhookSource source, int connections)
{
    /// <summary>How long a server may take for the last answers before the run counts as failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Closed loop: every connection sends its next webhook when the one before is answered. Finds the highest throughput.</summary>
    public async Task<LoadResult> SaturateAsync(TimeSpan duration)
    {
        using var limit = new CancellationTokenSource(duration + Patience);
        var start = Stopwatch.GetTimestamp();
        var tallies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var tally = new LoadTally();
            using var writer = source.NewWriter();
            using var connection = new LoadConnection(source.Url);
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                tally.Add(await connection.SendAsync(writer.Write(), limit.Token), Stopwatch.GetElapsedTime(sent));
            }

            return tally;
        })));
        return LoadResult.Of(tallies, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// Open loop: webhooks are due at a fixed rate whatever the server does, and each one's time counts from when it was due. One that had to
    /// wait for a free connection has waited for the server, so a server that stalls cannot hide it by slowing the sender down.
    /// </summary>
    public async Task<LoadResult> PaceAsync(double perSecond, TimeSpan duration)
    {
        using var limit = new CancellationTokenSource(duration + Patience);
        var due = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleWriter = true });
        var start = Stopwatch.GetTimestamp();
        var pacer = new Thread(() => Pace(due.Writer, start, perSecond, duration)) { IsBackground = true, Name = "Pacer" };
        pacer.Start();
        var tallies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var tally = new LoadTally();
            using var writer = source.NewWriter();
            using var connection = new LoadConnection(source.Url);
            await foreach (var at in due.Reader.ReadAllAsync(limit.Token))
            {
                tally.AddDelay(Stopwatch.GetElapsedTime(at));
                tally.Add(await connection.SendAsync(writer.Write(), limit.Token), Stopwatch.GetElapsedTime(at));
            }

            return tally;
        })));
        return LoadResult.Of(tallies, Stopwatch.GetElapsedTime(start));
    }

    // A thread of its own, because a timer of the pool comes later the busier the machine is. It is still up to a millisecond late, which
    // counts against the server.
    private static void Pace(ChannelWriter<long> due, long start, double perSecond, TimeSpan duration)
    {
        var total = (long)(perSecond * duration.TotalSeconds);
        for (var i = 0L; i < total; i++)
        {
            var at = start + (long)(i / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < at)
            {
                Thread.Sleep(1);
            }

            due.TryWrite(at);
        }

        due.Complete();
    }
}
