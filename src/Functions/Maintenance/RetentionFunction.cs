using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Webhooks;

namespace Millwright.Functions.Maintenance;

/// <summary>Drops the tables of months that are past. The cost is one call a table, whatever is in it.</summary>
internal sealed class RetentionFunction(
    ProcessedWebhooks processed, WebhookFailures failures, ChangeFeed feed, DeliveryLog deliveries, RetentionOptions retention, ILogger<RetentionFunction> logger)
{
    /// <summary>Once a day.</summary>
    [Function("DropOldMonths")]
    public async Task Run([TimerTrigger("0 23 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        string[] dropped =
        [
            .. await processed.DropOldAsync(retention.Processed, cancellationToken),
            .. await failures.DropOldAsync(retention.Failures, cancellationToken),
            .. await feed.DropOldAsync(retention.Events, cancellationToken),
            .. await deliveries.DropOldAsync(retention.Deliveries, cancellationToken),
        ];
        logger.LogInformation("Dropped the tables of {Count} past months: {Tables}", dropped.Length, dropped);
    }
}
