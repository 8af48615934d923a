using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.ServiceBus;

/// <summary>Receives a queue's messages and calls a function with each: completed if it returns, given back if it throws.</summary>
/// <remarks>Order within sessions, redelivery and dead-lettering are the queue's.</remarks>
internal sealed class QueueListener(
    LocalFunction function,
    QueueTrigger trigger,
    ServiceBusSettings settings,
    IQueueReceiver receiver,
    FunctionRunner runner,
    TimeProvider time,
    ILogger logger)
    : ITriggerListener
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly LockRenewal _renewal = new(receiver, settings.MaxAutoLockRenewalDuration, time, logger);

    public Task RunAsync(Drain drain) => Task.WhenAll(
        Enumerable.Range(0, trigger.Concurrency).Select(_ => Task.Run(() => ReceiveAllAsync(drain), CancellationToken.None)));

    private async Task ReceiveAllAsync(Drain drain)
    {
        while (!drain.Stopping.IsCancellationRequested)
        {
            try
            {
                await HandleAsync(await receiver.ReceiveAsync(trigger.Queue, drain.Stopping), drain);
            }
            catch (OperationCanceledException) when (drain.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The queue failed, not the function. What was locked is delivered again when its lock ends.
                logger.LogError(e, "Queue '{Queue}' failed; trying again in {Pause}.", trigger.Queue, PauseAfterFailure);
                await Task.Delay(PauseAfterFailure, time, drain.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleAsync(QueueDelivery delivery, Drain drain)
    {
        bool done;
        await using (_renewal.Keep(delivery))
        {
            done = await CallAsync(delivery, drain);
        }

        // Settled whatever the host's state: a message that was handled must not come again because the host stops.
        var settled = done
            ? await receiver.CompleteAsync(delivery, CancellationToken.None)
            : await receiver.AbandonAsync(delivery, CancellationToken.None);
        if (!settled)
        {
            logger.LogWarning("The lock of message {MessageId} was lost before it was settled; it is delivered again.", delivery.Message.MessageId);
        }
    }

    private async Task<bool> CallAsync(QueueDelivery delivery, Drain drain)
    {
        try
        {
            await runner.RunAsync(function, new MessageEvent(delivery), LocalRetryContext.None, drain.CancelCalls).WaitAsync(drain.AbandonCalls);
            return true;
        }
        catch (OperationCanceledException) when (drain.CancelCalls.IsCancellationRequested)
        {
            logger.LogWarning("Message {MessageId} was not handled before the host stopped; it is delivered again.", delivery.Message.MessageId);
            return false;
        }
        catch (Exception e)
        {
            logger.LogError(
                e, "Message {MessageId} of '{Queue}' failed at delivery {DeliveryCount}.", delivery.Message.MessageId, trigger.Queue, delivery.DeliveryCount);
            return false;
        }
    }
}
