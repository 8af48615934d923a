using System.Text;
using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>Where webhooks wait while the queue does not take them. A timer sends them on.</summary>
public sealed class WebhookFallback(ITableStore tables, IQueueSender queue)
{
    private const string Partition = "waiting";
    private const string Envelope = "Envelope";

    private readonly ITable _table = tables.Table("WebhookFallback");

    /// <summary>Keeps a webhook until the queue takes it. The same one again changes nothing.</summary>
    public Task KeepAsync(WebhookEnvelope envelope, CancellationToken cancellationToken) => _table.TryInsertAsync(
        new TableRow(Partition, envelope.Id)
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [Envelope] = Encoding.UTF8.GetBytes(envelope.ToJson()) },
        },
        cancellationToken);

    /// <summary>Sends on what waits, and stops at the first that the queue still refuses.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        await foreach (var row in _table.QueryAsync(Partition, RowRange.All, cancellationToken))
        {
            var envelope = WebhookEnvelope.FromJson(Encoding.UTF8.GetString(row.Bytes(Envelope)!));
            await queue.SendAsync(WebhookQueue.Name, envelope.ToMessage(at: null), cancellationToken);

            // Sent first: a crash here sends it twice, which is seen as a duplicate.
            await _table.DeleteAsync(row.PartitionKey, row.RowKey, cancellationToken);
            sent++;
        }

        return sent;
    }
}
