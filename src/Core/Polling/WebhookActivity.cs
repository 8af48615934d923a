using System.Collections.Concurrent;

namespace Millwright.Core.Polling;

/// <summary>Keeps when the webhooks of each entity last came in, at the cost of one write a minute for each, however many come.</summary>
public sealed class WebhookActivity(SyncStore store)
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string ConnectionId, string Entity), DateTimeOffset> _noted = new();

    /// <summary>A webhook about this entity came in and was understood.</summary>
    public async Task NoteAsync(string connectionId, string entity, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (_noted.TryGetValue((connectionId, entity), out var noted) && receivedAt < noted + Grain)
        {
            return;
        }

        if (_noted.Count >= Capacity)
        {
            _noted.Clear();
        }

        await store.NoteWebhookAsync(connectionId, entity, receivedAt, cancellationToken);
        _noted[(connectionId, entity)] = receivedAt;
    }
}
