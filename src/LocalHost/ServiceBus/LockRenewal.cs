using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.ServiceBus;

/// <summary>Keeps messages locked while their functions run.</summary>
internal sealed class LockRenewal(IQueueReceiver receiver, TimeSpan atMost, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Renews the lock whenever half of it is over, until disposed or until it was renewed for as long as allowed.</summary>
    public IAsyncDisposable Keep(QueueDelivery delivery) => new Kept(this, delivery);

    private async Task RenewAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        var pause = (delivery.LockedUntil - time.GetUtcNow()) / 2;
        pause = pause > ShortestPause ? pause : ShortestPause;
        var end = time.GetUtcNow() + atMost;
        while (time.GetUtcNow() + pause <= end)
        {
            try
            {
                await Task.Delay(pause, time, cancellationToken);
                if (!await receiver.RenewAsync(delivery, cancellationToken))
                {
                    logger.LogWarning("The lock of message {MessageId} was lost while it was handled.", delivery.Message.MessageId);
                    return;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The lock may still hold; the next renewal tells.
                logger.LogWarning(e, "The lock of message {MessageId} could not be renewed.", delivery.Message.MessageId);
            }
        }
    }

    private sealed class Kept : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _renewing;

        public Kept(LockRenewal renewal, QueueDelivery delivery) => _renewing = renewal.RenewAsync(delivery, _stop.Token);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _renewing;
            _stop.Dispose();
        }
    }
}
