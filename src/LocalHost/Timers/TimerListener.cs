using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Timers;

/// <summary>Calls a function on its schedule, one call at a time: occurrences that fall into a call are left out.</summary>
internal sealed class TimerListener(
    LocalFunction function, ScheduleTrigger trigger, ScheduleMonitor monitor, FunctionRunner runner, TimeProvider time, ILogger logger)
    : ITriggerListener
{
    // Timers cannot wait for longer than about 49 days; a schedule may.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public async Task RunAsync(Drain drain)
    {
        try
        {
            var pastDue = await monitor.IsPastDueAsync(drain.Stopping);
            var next = pastDue || trigger.RunOnStartup ? time.GetUtcNow() : trigger.Schedule.Next(time.GetUtcNow());
            while (true)
            {
                await WaitUntilAsync(next, drain.Stopping);
                next = await FireAsync(next, pastDue, drain);
                pastDue = false;
            }
        }
        catch (OperationCanceledException) when (drain.Stopping.IsCancellationRequested)
        {
            logger.LogDebug("The timer has stopped.");
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (due - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
        }
    }

    /// <summary>Makes the call, retries it as its attribute says, and records the occurrence whether it succeeded or not.</summary>
    /// <returns>The next occurrence.</returns>
    /// <exception cref="OperationCanceledException">The host stops and the call did not finish; not recorded, so that a restart makes up for it.</exception>
    private async Task<DateTimeOffset> FireAsync(DateTimeOffset due, bool pastDue, Drain drain)
    {
        for (var retry = 0; !await TryCallAsync(new LocalRetryContext(retry, function.Retry?.MaxRetryCount ?? 0), pastDue, drain); retry++)
        {
            if (function.Retry is not { } policy || (policy.MaxRetryCount >= 0 && retry >= policy.MaxRetryCount))
            {
                break;
            }

            await Task.Delay(policy.DelayBefore(retry), time, drain.Stopping);
        }

        var now = time.GetUtcNow();
        var next = trigger.Schedule.Next(now > due ? now : due);
        await monitor.RecordAsync(due, next, CancellationToken.None);
        return next;
    }

    private async Task<bool> TryCallAsync(LocalRetryContext retry, bool pastDue, Drain drain)
    {
        var info = new TimerInfo { ScheduleStatus = monitor.Status, IsPastDue = pastDue };
        try
        {
            await runner.RunAsync(function, new TimerEvent(info), retry, drain.CancelCalls).WaitAsync(drain.AbandonCalls);
            return true;
        }
        catch (OperationCanceledException) when (drain.CancelCalls.IsCancellationRequested)
        {
            logger.LogWarning("The call did not finish before the host stopped; it is past due at the next start.");
            throw;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The timer's call failed at try {Try}.", retry.RetryCount + 1);
            return false;
        }
    }
}
