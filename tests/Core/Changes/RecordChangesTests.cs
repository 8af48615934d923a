using Millwright.Core.Changes;
using Millwright.Core.Events;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Changes;

public sealed class RecordChangesTests : IAsyncLifetime
{
    private const string One = """{"key":"PO-1","title":"one"}""";
    private const string Two = """{"key":"PO-1","title":"two"}""";

    private WebhookBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await WebhookBench.ConnectAsync();

    [Theory]
    [InlineData(ChangeKind.Created, "purchase-orders.created")]
    [InlineData(ChangeKind.Updated, "purchase-orders.updated")]
    [InlineData(null, "purchase-orders.updated")]
    public async Task A_record_seen_for_the_first_time_is_what_the_source_says_happened(ChangeKind? change, string type)
    {
        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(_bench.Read(One) with { Change = change }));

        var e = Assert.Single(await _bench.EventsAsync());
        Assert.Equal((type, 1, null, One), (e.Type, e.Sequence, e.BeforeHash, e.Data));
    }

    [Fact]
    public async Task Each_difference_is_an_event_and_the_same_again_is_none()
    {
        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(_bench.Read(One)));
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync(_bench.Read(One)));
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(Two)));
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(One)));

        var events = await _bench.EventsAsync();
        Assert.Equal([One, Two, One], events.Select(e => e.Data));
        Assert.Equal([1, 2, 3], events.Select(e => e.Sequence));
        Assert.Equal(events[0].AfterHash, events[1].BeforeHash);
        Assert.Equal(events[0].AfterHash, events[2].AfterHash);
    }

    [Fact]
    public async Task A_record_that_is_gone_and_comes_back_is_deleted_and_created()
    {
        await ApplyAsync(_bench.Read(One));
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(null)));
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync(_bench.Read(null)));
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(One)));

        var events = await _bench.EventsAsync();
        Assert.Equal(["purchase-orders.updated", "purchase-orders.deleted", "purchase-orders.created"], events.Select(e => e.Type));
        Assert.Equal((null, null), (events[1].Data, events[1].AfterHash));
        Assert.Null(events[2].BeforeHash);
    }

    [Fact]
    public async Task The_same_cause_again_changes_nothing()
    {
        var first = _bench.Read(One);
        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(first));
        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(first));
        var second = _bench.Read(Two);
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(second));

        // Even if it is seen differently now.
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(second with { Record = first.Record }));
        Assert.Equal(2, (await _bench.EventsAsync()).Count);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Whoever_comes_next_sends_the_event_that_a_crash_left(int write, bool after)
    {
        _bench.Probe.CrashAt(write, after);
        await Assert.ThrowsAsync<CrashException>(() => ApplyAsync(_bench.Read(One)));
        _bench.Probe.Reset();
        _bench.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(Two)));

        var events = await _bench.EventsAsync();
        Assert.Equal([One, Two], events.Select(e => e.Data));
        Assert.Equal([1, 2], events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task An_event_that_was_sent_too_late_takes_a_newer_place_behind_no_readers_back()
    {
        _bench.Probe.CrashAt(1, after: true);
        await Assert.ThrowsAsync<CrashException>(() => ApplyAsync(_bench.Read(One)));
        _bench.Probe.Reset();
        var decided = _bench.Time.GetUtcNow();
        await ApplyAsync(_bench.Read(Two, "PO-2"));
        var before = await _bench.EventsAsync();
        Assert.Equal("PO-2", Assert.Single(before).Key);

        await ApplyAsync(_bench.Read(One));

        var events = await _bench.EventsAsync();
        Assert.Equal(["PO-2", "PO-1"], events.Select(e => e.Key));
        Assert.True(events[1].At > decided + ChangeFeed.SettleWindow);
    }

    [Fact]
    public async Task An_event_whose_write_was_cut_off_after_it_arrived_is_there_once()
    {
        // The second write is the feed's; it takes as long as it may, and arrives.
        _bench.Probe.AfterWrite = n =>
        {
            if (n == 2)
            {
                _bench.Time.Advance(ChangeFeed.SettleWindow);
                throw new OperationCanceledException();
            }

            return Task.CompletedTask;
        };
        await ApplyAsync(_bench.Read(One));
        _bench.Probe.Reset();

        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task An_event_whose_write_was_cut_off_before_it_arrived_is_sent_again()
    {
        _bench.Probe.BeforeWrite = n =>
        {
            if (n == 2)
            {
                _bench.Time.Advance(ChangeFeed.SettleWindow);
                throw new OperationCanceledException();
            }

            return Task.CompletedTask;
        };
        await ApplyAsync(_bench.Read(One));
        _bench.Probe.Reset();

        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task Of_two_at_once_the_later_read_stands()
    {
        var early = _bench.Read(One);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        var late = _bench.Read(Two);
        _bench.Probe.BeforeWrite = n => n == 1 ? ApplyAsync(late) : Task.CompletedTask;

        Assert.Equal(ApplyResult.Stale, await ApplyAsync(early));

        Assert.Equal(Two, Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Fact]
    public async Task Two_at_once_that_see_the_same_make_one_event()
    {
        var (one, other) = (_bench.Read(One), _bench.Read(One));
        _bench.Probe.BeforeWrite = n => n == 1 ? ApplyAsync(other) : Task.CompletedTask;

        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync(one));

        Assert.Single(await _bench.EventsAsync());
    }

    [Fact]
    public async Task Twenty_at_once_make_one_chain()
    {
        var seen = Enumerable.Range(0, 20).Select(i =>
        {
            _bench.Time.Advance(TimeSpan.FromTicks(1));
            return _bench.Read($$"""{"n":{{i}}}""");
        }).ToList();

        await Task.WhenAll(seen.Select(s => Task.Run(() => ApplyAsync(s))));

        var events = await _bench.EventsAsync();
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => (int)e.Sequence));
        Assert.Equal("""{"n":19}""", events[^1].Data);
        Assert.Equal(events.SkipLast(1).Select(e => e.AfterHash), events.Skip(1).Select(e => e.BeforeHash));
    }

    [Fact]
    public async Task A_read_that_began_within_the_difference_of_two_clocks_covers_nothing()
    {
        var notice = _bench.Brought(null);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(_bench.Read(Two));
        Assert.False(await _bench.Changes.TryCoverAsync(notice, Stop));

        _bench.Time.Advance(TimeSpan.FromTicks(1));
        await ApplyAsync(_bench.Read(Two));
        Assert.True(await _bench.Changes.TryCoverAsync(notice, Stop));
    }

    [Fact]
    public async Task A_webhook_that_a_read_covers_makes_those_before_it_old()
    {
        var notice = _bench.Brought(null) with { Version = 7 };
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        await ApplyAsync(_bench.Read(Two) with { Version = 4 });
        Assert.True(await _bench.Changes.TryCoverAsync(notice, Stop));
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        // Late news of a deletion before, and of content before.
        Assert.Equal(ApplyResult.Stale, await ApplyAsync(_bench.Brought(null) with { Version = 5 }));
        Assert.Equal(ApplyResult.Stale, await ApplyAsync(_bench.Brought(One) with { Version = 6 }));

        // What the read saw may be newer than any version: only reading tells.
        Assert.Equal(ApplyResult.ReadAgain, await ApplyAsync(_bench.Brought(One) with { Version = 8 }));
        Assert.Equal(ApplyResult.Applied, await ApplyAsync(_bench.Read(One) with { Version = 8 }));
    }

    [Fact]
    public async Task A_refused_record_makes_those_before_it_old_too()
    {
        var brought = _bench.Brought(One) with { Version = 7 };
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(_bench.Read(Two));
        Assert.Equal(ApplyResult.Stale, await ApplyAsync(brought));
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ApplyResult.Stale, await ApplyAsync(_bench.Brought(One) with { Version = 6 }));
    }

    [Fact]
    public async Task After_an_older_record_came_late_no_read_before_it_covers_anything()
    {
        var notice = _bench.Brought(null) with { Version = 7 };
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(_bench.Read(Two) with { Version = 4 });
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(_bench.Brought(One) with { Version = 5 });

        Assert.False(await _bench.Changes.TryCoverAsync(notice, Stop));
    }

    [Fact]
    public async Task A_notice_is_not_covered_while_an_event_waits_or_if_it_made_the_last_one()
    {
        var read = _bench.Read(One) with { ReceivedAt = _bench.Time.GetUtcNow() - TimeSpan.FromSeconds(2) };
        var other = _bench.Brought(null) with { ReceivedAt = read.ReceivedAt };
        _bench.Probe.CrashAt(1, after: true);
        await Assert.ThrowsAsync<CrashException>(() => ApplyAsync(read));
        _bench.Probe.Reset();
        Assert.False(await _bench.Changes.TryCoverAsync(other, Stop));

        await ApplyAsync(read);

        Assert.False(await _bench.Changes.TryCoverAsync(read, Stop));
        Assert.True(await _bench.Changes.TryCoverAsync(other, Stop));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1600-12-31T23:59:59Z")]
    [InlineData("1601-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("")]
    [InlineData("yesterday")]
    public async Task Whatever_a_record_says_of_its_time_it_is_applied(string updatedAt)
    {
        var record = $$"""{"updatedAt":"{{updatedAt}}"}""";

        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(_bench.Brought(record)));

        Assert.Equal(record, Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Theory]
    [InlineData("""{"updatedAt":null}""")]
    [InlineData("""{"updatedAt":17}""")]
    [InlineData("{}")]
    public async Task A_record_need_not_say_a_time(string record) => Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(_bench.Brought(record)));

    [Theory]
    [InlineData("PO-1")]
    [InlineData("a/b\\c#d?e~f\u0000\u0085")]
    [InlineData("Bestellung Nr. 7 für Größe – 注文 🏭")]
    [InlineData("")]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(5_000)]
    public async Task Any_key_has_a_state_of_its_own(object keyOrLength)
    {
        var key = keyOrLength as string ?? new string('/', (int)keyOrLength);
        await ApplyAsync(_bench.Read(One, key + "x"));

        Assert.Equal(ApplyResult.AppliedFirst, await ApplyAsync(_bench.Read(One, key)));
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync(_bench.Read(One, key)));

        Assert.Equal([key + "x", key], (await _bench.EventsAsync()).Select(e => e.Key).OrderByDescending(k => k.Length));
    }

    [Fact]
    public async Task A_record_of_megabytes_is_in_the_event()
    {
        var lines = string.Join(',', Enumerable.Range(0, 40_000).Select(i => $$"""{"line":{{i}},"material":"M-{{i % 100}}"}"""));
        var record = $$"""{"key":"PO-1","lines":[{{lines}}]}""";
        Assert.True(record.Length > 1024 * 1024);

        await ApplyAsync(_bench.Read(record));

        Assert.Equal(record, Assert.Single(await _bench.EventsAsync()).Data);
    }

    [Fact]
    public async Task A_record_that_no_row_holds_is_left_out_and_the_event_says_so()
    {
        var noise = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(noise);

        await ApplyAsync(_bench.Read($$"""{"noise":"{{Convert.ToBase64String(noise)}}"}"""));

        var json = await FirstJsonAsync();
        Assert.Contains("\"dataOmitted\":true,\"data\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"afterHash\":\"", json, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task<string> FirstJsonAsync()
    {
        _bench.Time.Advance(2 * ChangeFeed.SettleWindow);
        var page = await _bench.Feed.ReadAsync(new FeedQuery(_bench.Connection.ApplicationId), Stop);
        return System.Text.Encoding.UTF8.GetString(page.Events[0].Json.Span);
    }

    private Task<ApplyResult> ApplyAsync(Observation seen) => _bench.Changes.ApplyAsync(seen, Stop);
}
