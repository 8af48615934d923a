using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Millwright.Sandbox.Faults;

namespace Millwright.Sandbox.Webhooks;

/// <summary>Sends what waits for a company's target, one after another in the order of the changes, until it is cancelled.</summary>
/// <param name="company">The company's name in the outbox.</param>
/// <param name="gate">The company's: while it is free, what the outbox tells of can be read.</param>
/// <param name="outbox">Keeps each webhook until it was taken.</param>
/// <param name="post">Reaches the target.</param>
/// <param name="faults">Happen to webhooks.</param>
/// <param name="stats">Counts.</param>
/// <param name="time">Measures the pauses.</param>
/// <param name="logger">Takes failures that are not the target's.</param>
internal sealed class WebhookSender(
    string company, Lock gate, Outbox outbox, WebhookPost post, FaultSwitches faults, WebhookStats stats, TimeProvider time, ILogger logger)
{
    /// <summary>How long a webhook waits for a later one that is to overtake it.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
            await HandleAsync(message, mayReorder: true, cancellationToken);
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

    private async Task HandleAsync(WebhookMessage message, bool mayReorder, CancellationToken cancellationToken)
    {
        var fault = faults.OfNextWebhook(mayReorder);
        if (fault.Reorder && await LaterAsync(message, cancellationToken) is { } later)
        {
            await HandleAsync(later, mayReorder: false, cancellationToken);
        }

        if (fault.Drop)
        {
            Finish(message, WebhookCount.Dropped);
            return;
        }

        if (message.OccurredAt + fault.Delay - time.GetUtcNow() is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancellationToken);
        }

        await ForgeAsync(message, fault, cancellationToken);
        await SendAsync(message, fault, cancellationToken);
    }

    /// <summary>The first webhook after this one, once there is one; null if that takes too long.</summary>
    private async Task<WebhookMessage?> LaterAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestHold, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            WebhookMessage? later;
            while ((later = Next(message.Version)) is null)
            {
                await _wake.Reader.ReadAsync(either.Token);
            }

            return later;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ForgeAsync(WebhookMessage message, WebhookFault fault, CancellationToken cancellationToken)
    {
        if (!fault.Forge)
        {
            return;
        }

        var taken = await post.SendForgedAsync(message, cancellationToken);
        stats.Count(WebhookCount.Forged);
        if (taken)
        {
            stats.Count(WebhookCount.ForgedTaken);
        }
    }

    private async Task SendAsync(WebhookMessage message, WebhookFault fault, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await PostAsync(message, attempt == 1 ? fault.Copies : 0, cancellationToken); attempt++)
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

    /// <summary>Posts a webhook and its copies at the same moment, which is the hardest for a receiver.</summary>
    /// <returns>Whether all were taken.</returns>
    private async Task<bool> PostAsync(WebhookMessage message, int copies, CancellationToken cancellationToken) =>
        (await Task.WhenAll(Enumerable.Range(0, 1 + copies).Select(_ => post.SendAsync(message, cancellationToken)))).All(taken => taken);

    private void Finish(WebhookMessage message, WebhookCount how)
    {
        // Under the gate, so that at every moment what was queued is what was sent, dropped and waits.
        lock (gate)
        {
            if (outbox.Remove(message))
            {
                stats.Count(how);
            }
        }
    }
}
