using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.Embedded.Tests;

public sealed class EmbeddedQueueTests : QueueConformance, IAsyncDisposable
{
    private readonly TemporaryStore _store;

    public EmbeddedQueueTests() => _store = new TemporaryStore(Time, [.. Queues]);

    protected override IQueueSender Sender => _store.Store.Sender;

    protected override IQueueReceiver Receiver => _store.Store.Receiver;

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
