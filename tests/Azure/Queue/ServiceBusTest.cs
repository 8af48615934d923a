using Millwright.Core.Storage;

namespace Millwright.OnAzure.Tests.Queue;

/// <summary>A sender to a fake Service Bus.</summary>
public abstract class ServiceBusTest : IAsyncLifetime
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected static QueueMessage Message { get; } = new("id-1", "{\"hello\":\"world\"}");

    private protected FakeServiceBus Bus { get; private set; } = null!;

    private protected IQueueSender Sender { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bus = await FakeServiceBus.StartAsync();
        Sender = Bus.Sender();
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
