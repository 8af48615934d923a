using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>
/// Which webhooks are done with. One is claimed under a lease before it is processed and marked after; a crash leaves a lease that ends, or
/// that the redelivery of the same message takes over at once.
/// </summary>
/// <remarks>
/// The rows are in a table for each month of receipt, so that old ones go by dropping tables. A duplicate is known for at least a month:
/// the month of its receipt and the one before are looked at, and the one after where it has begun, since an earlier receipt may have waited
/// longer than a later one.
/// </remarks>
public sealed class ProcessedWebhooks(ITableStore tables, TimeProvider time)
{
    /// <summary>What the monthly tables' names start with.</summary>
    public const string TablePrefix = "ProcessedWebhooks";

    /// <summary>How long a claim holds; longer than any connector's total timeout.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private const string LeaseUntil = "LeaseUntil";
    private const string Message = "Message";
    private const string Outcome = "Outcome";
    private const string Replay = "Replay";

    private readonly MonthlyTables _months = new(tables, TablePrefix);

    /// <summary>Claims the webhook for this message.</summary>
    public async Task<WebhookClaim> ClaimAsync(WebhookEnvelope webhook, CancellationToken cancellationToken)
    {
        var fresh = Row(webhook, (LeaseUntil, time.GetUtcNow() + Lease), (Message, webhook.MessageId));
        while (true)
        {
            var (table, known) = await FindElsewhereAsync(webhook, fresh, cancellationToken);
            if (known is null)
            {
                table = _months.At(webhook.ReceivedAt);
                if (await table.TryInsertAsync(fresh, cancellationToken) is { } inserted)
                {
                    return new WebhookClaim.Held(table, fresh with { ETag = inserted }, Again: false);
                }

                known = await table.GetAsync(fresh.PartitionKey, fresh.RowKey, cancellationToken);
            }

            if (known is null)
            {
                continue;
            }

            if (Obstacle(known, webhook) is { } obstacle)
            {
                return obstacle;
            }

            if (await table.TryReplaceAsync(fresh with { ETag = known.ETag }, cancellationToken) is { } taken)
            {
                return new WebhookClaim.Held(table, fresh with { ETag = taken }, Again: true);
            }
        }
    }

    /// <summary>Marks the claimed webhook as done with. Where the claim was lost to another delivery, that one marks it.</summary>
    public static Task MarkAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, WebhookOutcome outcome, CancellationToken cancellationToken) =>
        ReplaceAsync(webhook, claim, cancellationToken, (Outcome, outcome.ToString()), (Replay, (long)webhook.Replay));

    /// <summary>Gives the claim back for a later message of the same webhook.</summary>
    public Task ReleaseAsync(WebhookEnvelope webhook, WebhookClaim.Held claim, CancellationToken cancellationToken) =>
        ReplaceAsync(webhook, claim, cancellationToken, (LeaseUntil, time.GetUtcNow()));

    /// <summary>Drops the months that are older than the retention.</summary>
    public Task<IReadOnlyList<string>> DropOldAsync(TimeSpan retention, CancellationToken cancellationToken) =>
        _months.DropOldAsync(time.GetUtcNow(), retention, beforeDrop: null, cancellationToken);

    private static async Task ReplaceAsync(
        WebhookEnvelope webhook, WebhookClaim.Held claim, CancellationToken cancellationToken, params (string, object)[] properties) =>
        await claim.Table.TryReplaceAsync(Row(webhook, properties) with { ETag = claim.Row.ETag }, cancellationToken);

    private static TableRow Row(WebhookEnvelope webhook, params (string Name, object Value)[] properties) =>
        new(Expiring.PartitionOf(webhook.Id), webhook.Id) { Properties = properties.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) };

    private async Task<(ITable Table, TableRow? Known)> FindElsewhereAsync(WebhookEnvelope webhook, TableRow fresh, CancellationToken cancellationToken)
    {
        var before = _months.At(webhook.ReceivedAt.AddMonths(-1));
        var known = await before.GetAsync(fresh.PartitionKey, fresh.RowKey, cancellationToken);
        if (known is not null || string.CompareOrdinal(MonthlyTables.MonthOf(time.GetUtcNow()), MonthlyTables.MonthOf(webhook.ReceivedAt)) <= 0)
        {
            return (before, known);
        }

        var after = _months.At(webhook.ReceivedAt.AddMonths(1));
        return (after, await after.GetAsync(fresh.PartitionKey, fresh.RowKey, cancellationToken));
    }

    private WebhookClaim? Obstacle(TableRow known, WebhookEnvelope webhook)
    {
        if (known.Text(Outcome) is { } outcome)
        {
            var parked = outcome == nameof(WebhookOutcome.Parked);
            return parked && webhook.Replay > known.Number(Replay) ? null : new WebhookClaim.Done(parked);
        }

        // A message is delivered again only after its earlier delivery has ended, so its own claim is free.
        var left = known.Time(LeaseUntil)!.Value - time.GetUtcNow();
        return left <= TimeSpan.Zero || known.Text(Message) == webhook.MessageId ? null : new WebhookClaim.Wait(left);
    }
}
