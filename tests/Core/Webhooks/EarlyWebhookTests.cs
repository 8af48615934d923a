using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Webhooks;

/// <summary>A system that sends its webhooks before the change can be read.</summary>
public sealed class EarlyWebhookTests : IAsyncLifetime
{
    private static readonly SourceWebhook Notice = new("PO-1");

    private WebhookBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await WebhookBench.ConnectAsync();
        _bench.Source.SettleDelay = TimeSpan.FromSeconds(1);
    }

    [Fact]
    public async Task A_record_that_does_not_change_is_read_again_three_times_and_then_unchanged()
    {
        await KnowAsync();
        var start = _bench.Time.GetUtcNow();
        _bench.Queue.Sent.Clear();

        var message = await _bench.ReceiveAsync(Notice);
        await _bench.DrainAsync();

        Assert.Equal([1, 6, 36, 156], _bench.Queue.Sent.Select(m => (m.ScheduledAt!.Value - start).TotalSeconds));
        Assert.Equal("Unchanged", await _bench.OutcomeOfAsync(message));
        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task Until_it_counts_as_unchanged_it_has_no_outcome()
    {
        await KnowAsync();
        var message = await _bench.ReceiveAsync(Notice);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await ProcessNextAsync();
            Assert.Null(await _bench.OutcomeOfAsync(message));
        }

        await ProcessNextAsync();
        Assert.Equal("Unchanged", await _bench.OutcomeOfAsync(message));
        Assert.Empty(_bench.Queue.Waiting);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_change_that_appears_at_a_later_read_is_one_event(int rereads)
    {
        await KnowAsync();
        var message = await _bench.ReceiveAsync(Notice);
        foreach (var _ in Enumerable.Range(0, rereads))
        {
            await ProcessNextAsync();
        }

        _bench.Source.Change("PO-1");
        await ProcessNextAsync();

        Assert.Empty(_bench.Queue.Waiting);
        Assert.Equal("Applied", await _bench.OutcomeOfAsync(message));
        Assert.Equal(_bench.Source.Json("PO-1"), (await _bench.EventsAsync())[1].Data);
    }

    [Fact]
    public async Task A_record_seen_for_the_first_time_may_be_from_before_the_change_and_is_read_again()
    {
        _bench.Source.Change("PO-1");
        await _bench.ReceiveAsync(Notice);
        await ProcessNextAsync();
        await ProcessNextAsync();
        _bench.Source.Change("PO-1");

        await ProcessNextAsync();

        Assert.Empty(_bench.Queue.Waiting);
        Assert.Equal([1, 2], (await _bench.EventsAsync()).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_read_does_not_cover_a_webhook_that_came_before_its_change()
    {
        await KnowAsync();
        var early = await _bench.ReceiveAsync(Notice);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        _bench.Source.Change("PO-1");
        await _bench.ProcessAsync(await _bench.ReceiveAsync(Notice));
        _bench.Source.Change("PO-1");

        await _bench.ProcessAsync(early);

        Assert.Equal(3, (await _bench.EventsAsync()).Count);
    }

    [Fact]
    public async Task A_crash_at_any_write_of_a_re_read_makes_no_second_event()
    {
        await KnowAsync();
        var events = 1;
        foreach (var write in Enumerable.Range(1, 8))
        {
            foreach (var after in (bool[])[false, true])
            {
                var message = await _bench.ReceiveAsync(Notice);
                await ProcessNextAsync();
                _bench.Source.Change("PO-1");
                var next = _bench.Queue.Waiting.Single();
                _bench.MoveTo(next.ScheduledAt);
                await _bench.CrashAsync(next, write, after);
                await _bench.ProcessAsync(next);
                await _bench.DrainAsync();

                Assert.Equal("Applied", await _bench.OutcomeOfAsync(message));
                Assert.Equal(++events, (await _bench.EventsAsync()).Count);
            }
        }
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task KnowAsync()
    {
        _bench.Source.Change("PO-1");
        await _bench.ReceiveAsync(Notice);
        await _bench.DrainAsync();
    }

    private async Task ProcessNextAsync()
    {
        var next = _bench.Queue.TakeNext()!;
        _bench.MoveTo(next.ScheduledAt);
        await _bench.ProcessAsync(next);
    }
}
