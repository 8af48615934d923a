using Millwright.Core.Events.Endpoints;

namespace Millwright.Core.Tests.Events;

public sealed class EndpointCacheTests : IAsyncDisposable
{
    private readonly DeliveryDomain _domain = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_process_changed_is_seen_after_seconds()
    {
        Assert.Empty(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
        await _domain.Endpoints.AddAsync(Endpoint(DeliveryDomain.Application), Cancel);

        _domain.Time.Advance(EndpointCache.Lifetime - TimeSpan.FromTicks(1));
        Assert.Empty(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
        _domain.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Single(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
    }

    [Fact]
    public async Task What_this_process_changed_is_seen_at_once()
    {
        Assert.Empty(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));

        await _domain.MakeEndpointAsync();

        Assert.Single(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
    }

    [Fact]
    public async Task What_was_changed_while_it_was_read_is_read_anew()
    {
        EndpointCache cache = null!;
        var store = new EndpointStore(new HookedTables(_domain.Store.Tables, async () =>
        {
            await _domain.Endpoints.AddAsync(Endpoint(DeliveryDomain.Application), Cancel);
            cache.Forget(DeliveryDomain.Application);
        }));
        cache = new EndpointCache(store, _domain.Time);

        Assert.Empty(await cache.OfAsync(DeliveryDomain.Application, Cancel));

        Assert.Single(await cache.OfAsync(DeliveryDomain.Application, Cancel));
    }

    [Fact]
    public async Task It_holds_no_more_applications_than_it_may()
    {
        Assert.Empty(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
        await _domain.Endpoints.AddAsync(Endpoint(DeliveryDomain.Application), Cancel);

        for (var n = 0; n < EndpointCache.Capacity; n++)
        {
            await _domain.Cache.OfAsync($"other-{n}", Cancel);
        }

        Assert.Single(await _domain.Cache.OfAsync(DeliveryDomain.Application, Cancel));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private EventEndpoint Endpoint(string application) => new("endpoint-1", application, EndpointSettings.Default, _domain.Time.GetUtcNow());
}
