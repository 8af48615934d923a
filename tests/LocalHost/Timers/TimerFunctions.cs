using Microsoft.Azure.Functions.Worker;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Timers;

public sealed class EveryFiveMinutes(Probe probe)
{
    [Function("tick")]
    public async Task Tick([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken token)
    {
        probe.Tell(timer);
        await probe.PassGateAsync(token);
    }
}

public sealed class OnStartup(Probe probe)
{
    [Function("startup")]
    public void Tick([TimerTrigger("%Every%", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => probe.Tell(timer);
}

public sealed class Retrying(Probe probe)
{
    [Function("retrying")]
    [FixedDelayRetry(2, "00:00:07")]
    public void Tick([TimerTrigger("0 0 * * * *")] TimerInfo timer, FunctionContext context)
    {
        probe.Tell($"{context.RetryContext.RetryCount} of {context.RetryContext.MaxRetryCount}");
        throw new InvalidOperationException("Not yet.");
    }
}
