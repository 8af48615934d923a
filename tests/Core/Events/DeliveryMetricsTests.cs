using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Millwright.Core.Tests.Events;

public sealed class DeliveryMetricsTests : IAsyncDisposable
{
    private readonly DeliveryDomain _domain = new();

    [Fact]
    public async Task Tries_are_counted_by_outcome()
    {
        // Those of other tests at the same time are counted too.
        var outcomes = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "Millwright", Name: "millwright.delivery.attempts" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => outcomes.Add($"{tags[0].Key}={tags[0].Value}:{count}"));
        listener.Start();
        await _domain.MakeEndpointAsync();

        foreach (var (id, status) in ((string, int)[])[("event-1", 200), ("event-2", 500), ("event-3", 410)])
        {
            _domain.Receiver.AnswerWith(status);
            await _domain.HappenAsync(id);
            await _domain.HandleNextAsync();
        }

        Assert.Superset(new HashSet<string> { "outcome=delivered:1", "outcome=retried:1", "outcome=failed:1" }, outcomes.ToHashSet());
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
