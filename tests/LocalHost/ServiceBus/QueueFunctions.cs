using Microsoft.Azure.Functions.Worker;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.ServiceBus;

public sealed class QueueFunctions(Probe probe)
{
    [Function("jobs")]
    public async Task Jobs([ServiceBusTrigger("%Jobs__Queue%", Connection = "ServiceBus")] string body, CancellationToken token)
    {
        probe.Tell(body);
        switch (body)
        {
            case "fail":
                throw new InvalidOperationException("Cannot do that.");
            case "wait":
                await probe.PassGateAsync(token);
                break;
            case "ignore cancellation":
                await probe.PassGateAsync(CancellationToken.None);
                break;
        }
    }

    [Function("sessions")]
    public async Task Sessions([ServiceBusTrigger("sessions", IsSessionsEnabled = true)] string body, CancellationToken token)
    {
        probe.Tell(body);
        await probe.PassGateAsync(token);
        probe.Tell($"{body} done");
    }

    [Function("failing")]
    public void Failing([ServiceBusTrigger("failing")] string body, FunctionContext context)
    {
        probe.Tell($"{body} {context.BindingContext.BindingData["DeliveryCount"]}");
        throw new InvalidOperationException("Can never do that.");
    }

    [Function("failing-dead-letters")]
    public void FailingDeadLetters([ServiceBusTrigger("failing/$DeadLetterQueue")] string body) => probe.Tell($"{body} is a dead letter");

    [Function("dead-letters")]
    public void DeadLetters([ServiceBusTrigger("jobs/$DeadLetterQueue")] string body, FunctionContext context) =>
        probe.Tell(new Dictionary<string, object?>(context.BindingContext.BindingData) { ["body"] = body });
}
