using Millwright.Core.Errors;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

public sealed class ChangeFeedTests : IAsyncDisposable
{
    private const string Application = "application-1";

    private readonly DomainStore _domain = new();
    private int _events;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ChangeFeed Feed => new(_domain.Store.Tables, _domain.Time);

    [Fact]
    public async Task Events_come_in_the_order_of_their_times_from_all_shards()
    {
        var sent = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            sent.Add(await AppendAsync($"connection-{(char)('a' + (i * 7 % 26))}"));
            _domain.Time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(sent, await ReadAllAsync(new FeedQuery(Application) { Limit = 7 }));
    }

    [Fact]
    public async Task An_event_is_as_it_was_sent()
    {
        var e = Event("connection-1", entity: "purchase-orders");
        Assert.True(await Feed.TryAppendAsync(e, Stop));
        Settle();

        var read = Assert.Single((await Feed.ReadAsync(new FeedQuery(Application), Stop)).Events);

        Assert.Equal(e with { Json = default }, read with { Json = default });
        Assert.Equal(e.Json.ToArray(), read.Json.ToArray());
    }

    [Fact]
    public async Task An_event_of_no_connection_and_no_entity_is_read_too()
    {
        var id = await AppendAsync(connection: null, entity: null);

        Assert.Equal([id], await ReadAllAsync(new FeedQuery(Application)));
        Assert.Empty(await ReadAllAsync(new FeedQuery(Application) { Entity = "purchase-orders" }));
        Assert.Empty(await ReadAllAsync(new FeedQuery(Application) { ConnectionId = "connection-0" }));
    }

    [Fact]
    public async Task An_event_is_shown_only_when_it_is_settled()
    {
        var id = await AppendAsync();
        _domain.Time.Advance(ChangeFeed.SettleWindow);
        var page = await Feed.ReadAsync(new FeedQuery(Application), Stop);
        Assert.Empty(page.Events);
        Assert.False(page.HasMore);

        _domain.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal([id], await ReadAllAsync(new FeedQuery(Application) { Cursor = page.Cursor }));
    }

    [Fact]
    public async Task The_same_event_again_is_there_once_also_when_it_comes_too_late()
    {
        var e = Event();
        Assert.True(await Feed.TryAppendAsync(e, Stop));
        Assert.True(await Feed.TryAppendAsync(e, Stop));
        Settle();
        Assert.True(await Feed.TryAppendAsync(e, Stop));

        Assert.Single(await ReadAllAsync(new FeedQuery(Application)));
    }

    [Fact]
    public async Task An_event_that_comes_too_late_is_refused_before_a_reader_could_have_passed_its_place()
    {
        var e = Event();
        _domain.Time.Advance(ChangeFeed.SettleWindow / 2);

        Assert.False(await Feed.TryAppendAsync(e, Stop));

        Settle();
        Assert.Empty(await ReadAllAsync(new FeedQuery(Application)));
    }

    [Fact]
    public async Task An_event_from_a_clock_that_is_ahead_is_taken_and_shown_later()
    {
        var e = Event() with { At = _domain.Time.GetUtcNow() + TimeSpan.FromSeconds(1) };
        Assert.True(await Feed.TryAppendAsync(e, Stop));
        _domain.Time.Advance(ChangeFeed.SettleWindow + TimeSpan.FromTicks(1));
        Assert.Empty((await Feed.ReadAsync(new FeedQuery(Application), Stop)).Events);

        Assert.Equal([e.Id], await ReadAllAsync(new FeedQuery(Application)));
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_that_it_came_too_late()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Feed.TryAppendAsync(Event(), stopped.Token));
    }

    [Fact]
    public async Task Nothing_appears_behind_a_cursor_while_events_keep_coming()
    {
        var sent = new List<string>();
        var read = new List<string>();
        var random = new Random(1);
        string? cursor = null;
        for (var step = 0; step < 300; step++)
        {
            _domain.Time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 900)));
            if (random.Next(3) > 0)
            {
                // Decided a while ago, perhaps too long.
                var e = Event($"connection-{random.Next(10)}") with { At = _domain.Time.GetUtcNow() - TimeSpan.FromMilliseconds(random.Next(0, 4_000)) };
                if (await Feed.TryAppendAsync(e, Stop))
                {
                    sent.Add(e.Id);
                }
            }

            var page = await Feed.ReadAsync(new FeedQuery(Application) { Cursor = cursor, Limit = random.Next(1, 4) }, Stop);
            read.AddRange(page.Events.Select(e => e.Id));
            cursor = page.Cursor;
        }

        Settle();
        read.AddRange(await ReadAllAsync(new FeedQuery(Application) { Cursor = cursor }));
        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Equal(sent.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reader_goes_on_over_the_end_of_months_and_empty_ones()
    {
        var sent = new List<string>();
        DateTimeOffset[] times =
        [
            new(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero), new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero),
            new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero),
        ];
        foreach (var time in times)
        {
            _domain.Time.SetUtcNow(time);
            sent.Add(await AppendAsync());
        }

        Assert.Equal(sent, await ReadAllAsync(new FeedQuery(Application) { Limit = 1 }));
        Assert.Equal(sent, await ReadAllAsync(new FeedQuery(Application)));
    }

    [Fact]
    public async Task A_cursor_outlives_the_month_it_is_in()
    {
        await AppendAsync();
        Settle();
        var cursor = (await Feed.ReadAsync(new FeedQuery(Application), Stop)).Cursor;
        _domain.Time.SetUtcNow(new DateTimeOffset(2027, 1, 15, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(["Events202611"], await Feed.DropOldAsync(TimeSpan.FromDays(30), Stop));
        var id = await AppendAsync();

        Assert.Equal([id], await ReadAllAsync(new FeedQuery(Application) { Cursor = cursor }));
    }

    [Fact]
    public async Task Filters_show_what_matches_and_no_other_application_is_seen()
    {
        var mine = await AppendAsync("connection-a", "purchase-orders");
        var otherEntity = await AppendAsync("connection-a", "receipts");
        var otherConnection = await AppendAsync("connection-b", "purchase-orders");
        var sameShard = await AppendAsync("connection-e", "purchase-orders");
        await Feed.TryAppendAsync(Event("connection-a") with { ApplicationId = "application-2" }, Stop);

        Assert.Equal([mine, otherEntity], await ReadAllAsync(new FeedQuery(Application) { ConnectionId = "connection-a", Limit = 1 }));
        Assert.Equal([mine, otherConnection, sameShard], await ReadAllAsync(new FeedQuery(Application) { Entity = "purchase-orders", Limit = 1 }));
        Assert.Equal([mine], await ReadAllAsync(new FeedQuery(Application) { ConnectionId = "connection-a", Entity = "purchase-orders" }));
        Assert.Equal(4, (await ReadAllAsync(new FeedQuery(Application))).Count);
    }

    [Fact]
    public async Task A_filter_that_matches_little_is_answered_in_steps()
    {
        var first = await AppendAsync("connection-a");
        await Task.WhenAll(Enumerable.Range(0, 5_100).Select(_ => Feed.TryAppendAsync(Event("connection-e"), Stop)));
        _domain.Time.Advance(TimeSpan.FromTicks(1));
        var last = await AppendAsync("connection-a");
        Settle();

        var page = await Feed.ReadAsync(new FeedQuery(Application) { ConnectionId = "connection-a" }, Stop);
        Assert.True(page.HasMore);
        var rest = await Feed.ReadAsync(new FeedQuery(Application) { ConnectionId = "connection-a", Cursor = page.Cursor }, Stop);
        Assert.False(rest.HasMore);

        Assert.Equal(new[] { first, last }.Order(StringComparer.Ordinal), page.Events.Concat(rest.Events).Select(e => e.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_feed_has_a_cursor_that_holds_for_what_comes()
    {
        var page = await Feed.ReadAsync(new FeedQuery(Application), Stop);
        Assert.Empty(page.Events);
        Assert.False(page.HasMore);
        var id = await AppendAsync();

        Assert.Equal([id], await ReadAllAsync(new FeedQuery(Application) { Cursor = page.Cursor }));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Start")]
    [InlineData("start ")]
    [InlineData("0")]
    [InlineData("08de2b4f5a3c1000")]
    [InlineData("08de2b4f5a3c1000-")]
    [InlineData("08de2b4f5a3c1000_evt_1")]
    [InlineData("08de2b4f5a3c1000-EVT")]
    [InlineData("08de2b4f5a3c1000-evt/1")]
    [InlineData("08de2b4f5a3c1000-evt\0")]
    [InlineData("08de2b4f5a3c1000-evt'; drop table x")]
    [InlineData("08de2b4f5a3c100g-evt")]
    [InlineData(" 8de2b4f5a3c1000-evt")]
    [InlineData("-8de2b4f5a3c1000-evt")]
    [InlineData("0x8de2b4f5a3c100-evt")]
    [InlineData("ffffffffffffffff-evt")]
    [InlineData("7fffffffffffffff-evt")]
    [InlineData("2bca2875f4374000-evt")]
    [InlineData("08de2b4f5a3c1000-\u00e9")]
    [InlineData("\ud8008de2b4f5a3c100-evt")]
    public async Task A_text_that_is_no_cursor_is_refused(string cursor)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => Feed.ReadAsync(new FeedQuery(Application) { Cursor = cursor }, Stop));

        Assert.Equal(ErrorCode.InvalidCursor, error.Code);
        Assert.DoesNotContain("drop", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_any_length_is_refused() => await Assert.ThrowsAsync<ApiException>(
        () => Feed.ReadAsync(new FeedQuery(Application) { Cursor = "08de2b4f5a3c1000-" + new string('a', 10_000) }, Stop));

    [Theory]
    [InlineData("0000000000000000-evt")]
    [InlineData("0000000000000001-evt")]
    [InlineData("2bca2875f4373fff-evt")]
    [InlineData("2BCA2875F4373FFF-evt")]
    public async Task A_cursor_of_any_time_is_answered(string cursor)
    {
        var id = await AppendAsync();
        Settle();

        var page = await Feed.ReadAsync(new FeedQuery(Application) { Cursor = cursor }, Stop);

        Assert.Equal(cursor[0] == '0' ? [id] : [], page.Events.Select(e => e.Id));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private void Settle() => _domain.Time.Advance(2 * ChangeFeed.SettleWindow);

    private async Task<string> AppendAsync(string? connection = "connection-0", string? entity = "purchase-orders")
    {
        var e = Event(connection, entity);
        Assert.True(await Feed.TryAppendAsync(e, Stop));
        return e.Id;
    }

    private FeedEvent Event(string? connection = "connection-0", string? entity = "purchase-orders")
    {
        var id = $"evt_{Interlocked.Increment(ref _events):d8}";
        return new FeedEvent(id, $"{entity}.updated", _domain.Time.GetUtcNow(), Application, connection, System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""")) { Entity = entity };
    }

    private async Task<List<string>> ReadAllAsync(FeedQuery query)
    {
        Settle();
        List<string> ids = [];
        while (true)
        {
            var page = await Feed.ReadAsync(query, Stop);
            Assert.InRange(page.Events.Count, 0, query.Limit);
            ids.AddRange(page.Events.Select(e => e.Id));
            if (!page.HasMore)
            {
                return ids;
            }

            query = query with { Cursor = page.Cursor };
        }
    }
}
