using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Millwright.Sandbox.Webhooks;

/// <summary>Sends what waits for a company's target, one after another in the order of the changes, until it is cancelled.</summary>
/// <param name="company">The company's name in the outbox.</param>
/// <param name="gate">The company's: while it is free, what the outbox tells of can be read.</param>
/// <param name="outbox">Keeps each webhook until it was taken.</param>
/// <param name="post">Reaches the target.</param>
/// <param name="stats">Counts.</param>
/// <param name="time">Measures the pauses.</param>
/// <param name="logger">Takes failures that are not the target's.</param>
internal sealed class WebhookSender(
    string company, Lock gate, Outbox outbox, WebhookPost post, WebhookStats stats, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that the outbox holds more.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <param name="previous">Ends when the company's last sender has: there are never two at work.</param>
    /// <param name="cancellationToken">Ends it; it does not throw.</param>
    public async Task RunAsync(Task previous, CancellationToken cancellationToken)
    {
        await previous;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await SendNextAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, such as a full disk: the webhook is still in the outbox, and nobody else would send it.
                logger.LogError(exception, "Sending webhooks failed");
                await Task.Delay(PauseAfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (Next(after: 0) is { } message)
        {
            await HandleAsync(message, cancellationToken);
        }
        else
        {
            await _wake.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>A webhook may stand in the outbox a moment before its record can be read: never while the gate is free.</summary>
    private WebhookMessage? Next(long after)
    {
        lock (gate)
        {
            return outbox.Next(company, after);
        }
    }

    private async Task HandleAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await post.SendAsync(message, cancellationToken); attempt++)
        {
            stats.Count(WebhookCount.Failed);
            if (time.GetUtcNow() - message.OccurredAt >= RetryPause.LongestAge)
            {
                Finish(message, WebhookCount.Dropped);
                return;
            }

            await Task.Delay(RetryPause.After(attempt), time, cancellationToken);
        }

        Finish(message, WebhookCount.Sent);
    }

    private void Finish(WebhookMessage message, WebhookCount how)
    {
        if (outbox.Remove(message))
        {
            stats.Count(how);
        }
    }
}
