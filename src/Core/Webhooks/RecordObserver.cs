using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>Sees the record that a webhook is about: in the webhook, where it brings it, and in the connected system otherwise.</summary>
public sealed class RecordObserver(
    IConnectorCatalogue connectors, ConnectedSystems systems, EntityModel model, RecordChanges changes, IBlobs blobs, TimeProvider time)
{
    private const string Source = "webhook";

    /// <summary>Whether the system sends webhooks before the change can be read.</summary>
    public bool MayBeEarly(WebhookEnvelope webhook) => FormatOf(webhook).SettleDelay > TimeSpan.Zero;

    /// <summary>The record as it is; null where something at least as new as the webhook was applied, so that there is nothing to see.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="inSystem">Whether to look in the connected system even if the webhook brings the record.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <exception cref="WebhookFormatException">The webhook says nothing we can use.</exception>
    /// <exception cref="ApiException">What the system answered.</exception>
    public async Task<Observation?> ObserveAsync(WebhookEnvelope webhook, bool inSystem, CancellationToken cancellationToken)
    {
        if (webhook.Problem is { } problem)
        {
            throw new WebhookFormatException(problem);
        }

        var seen = new Observation(webhook.ApplicationId, webhook.ConnectionId, webhook.Provider, webhook.Entity!, webhook.Key!, null)
        {
            ReceivedAt = webhook.ReceivedAt,
            Change = webhook.Change,
            Version = webhook.Version,
            Cause = $"{webhook.Id}.{webhook.Replay}.{webhook.Recheck}",
            Source = Source,
            RequestId = webhook.RequestId,
        };
        var body = await webhook.BodyAsync(blobs, cancellationToken);

        // What comes with a deletion is the record as it was.
        if (!inSystem && webhook.Change != ChangeKind.Deleted && FormatOf(webhook).RecordOf(body) is { } brought)
        {
            return seen with { Record = brought };
        }

        // A source that numbers its changes is believed when it says that the record is gone; otherwise only reading tells.
        if (!inSystem && webhook is { Change: ChangeKind.Deleted, Version: not null })
        {
            return seen;
        }

        // Where webhooks may come before the change can be read, a read after one does not cover it.
        if (!MayBeEarly(webhook) && await changes.TryCoverAsync(seen, cancellationToken))
        {
            return null;
        }

        var readAt = time.GetUtcNow();
        return seen with { Record = await ReadAsync(webhook, cancellationToken), ReadAt = readAt };
    }

    /// <summary>Deletes the body of a webhook that is done with, where it is in a blob.</summary>
    public Task ForgetBodyAsync(WebhookEnvelope webhook, CancellationToken cancellationToken) =>
        webhook.BodyBlob is { } blob ? blobs.DeleteAsync(blob, cancellationToken) : Task.CompletedTask;

    private IWebhookFormat FormatOf(WebhookEnvelope webhook) => ConnectorOf(webhook).Webhooks
        ?? throw new WebhookFormatException($"This installation no longer takes webhooks of '{webhook.Provider}'.");

    private IConnector ConnectorOf(WebhookEnvelope webhook) => connectors.Find(webhook.Provider)
        ?? throw new WebhookFormatException($"This installation no longer has a connector for '{webhook.Provider}'.");

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(WebhookEnvelope webhook, CancellationToken cancellationToken)
    {
        var entity = model.Find(webhook.Entity!) ?? throw new WebhookFormatException($"The unified model no longer has '{webhook.Entity}'.");
        if (!ConnectorOf(webhook).Platform.Entities.TryGetValue(entity.Name, out var capability) || !capability.Operations.ContainsKey(OperationName.Get))
        {
            throw new WebhookFormatException($"The connector cannot read one of {entity.Name}.");
        }

        var system = await systems.GetAsync(new ConnectionIdentity(webhook.ApplicationId, webhook.ConnectionId, webhook.Provider), cancellationToken);
        return await system.FindAsync(entity, webhook.Key!, cancellationToken);
    }
}
