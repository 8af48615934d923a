using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Events.Delivering;

namespace Millwright.Functions.Endpoints;

/// <summary>Delivers events.</summary>
internal sealed class DeliverEventFunction(DeliveryWorker worker)
{
    /// <summary>Makes the try that the message says is due.</summary>
    [Function("DeliverEvent")]
    public Task Run([ServiceBusTrigger(Deliveries.QueueName, Connection = "ServiceBus")] string message, CancellationToken cancellationToken) =>
        worker.HandleAsync(message, cancellationToken);

    /// <summary>Gives up a delivery that the queue gave up on.</summary>
    [Function("GiveUpDelivery")]
    public Task GiveUp([ServiceBusTrigger(Deliveries.DeadLetters, Connection = "ServiceBus")] string message, CancellationToken cancellationToken) =>
        worker.GiveUpAsync(message, cancellationToken);
}
