using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>What only a comparison of all records finds: deletions, changes without a time, and what was missed.</summary>
public sealed class ComparisonTests : IAsyncDisposable
{
    private static readonly SyncSettings Full = new() { Start = SyncStart.Full, CompareInterval = TimeSpan.FromHours(1) };

    private PollBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_record_that_is_gone_is_deleted_once(bool timed, bool watched)
    {
        await ConnectAsync(timed, 10, watched);
        _bench.Source.Delete("PO-3");

        await _bench.RunAsync(TimeSpan.FromHours(3));

        Assert.Equal("PO-3", Assert.Single(await _bench.Webhooks.EventsAsync(), e => e.Type == "purchase-orders.deleted").Key);
        Assert.Equal(1, (await _bench.EntityAsync()).Counts.Deleted);
        Assert.Equal(SyncState.Done, (await _bench.EntityAsync()).State);
        Assert.Empty(_bench.Webhooks.Blobs.Names);
    }

    [Fact]
    public async Task A_source_without_times_is_compared_with_every_poll()
    {
        await ConnectAsync(timed: false, 5);
        _bench.Source.Change("PO-1", "changed");
        _bench.Source.Change("PO-new");

        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(
            [("PO-1", "purchase-orders.updated"), ("PO-new", "purchase-orders.created")],
            (await _bench.Webhooks.EventsAsync()).Skip(5).Select(e => (e.Key, e.Type)).OrderBy(e => e.Key));
    }

    [Fact]
    public async Task A_change_that_came_up_too_late_for_the_cursor_is_found()
    {
        await ConnectAsync(timed: true, 5);
        await _bench.RunAsync(TimeSpan.FromMinutes(20));
        var known = await _bench.EntityAsync();
        _bench.Source.ClockAhead = TimeSpan.FromDays(-1);
        _bench.Source.Change("PO-1", "stamped yesterday");

        await _bench.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(5, (await _bench.Webhooks.EventsAsync()).Count);
        await _bench.RunAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(_bench.Source.Json("PO-1"), (await _bench.Webhooks.EventsAsync())[^1].Data);
        Assert.True((await _bench.EntityAsync()).ComparedAt > known.ComparedAt);
    }

    /// <summary>
    /// The webhook brings content that no poll saw, with a later version and time than what was told of, from before the deletion or after it;
    /// by itself, or after one of a deletion before, which looks like the one that the comparison found.
    /// </summary>
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public async Task Late_news_of_a_record_that_a_comparison_found_gone_bring_it_back_only_if_it_is_there(bool versioned, bool cameBack, bool afterDeletion)
    {
        await ConnectAsync(timed: true, 10);
        var deletion = AfterAWhile(() => _bench.Source.Delete("PO-3"));
        var last = AfterAWhile(() => _bench.Source.Change("PO-3", "seen by nobody"));
        AfterAWhile(() => _bench.Source.Delete("PO-3"));
        await _bench.RunAsync(TimeSpan.FromHours(2));
        if (cameBack)
        {
            last = _bench.Source.Change("PO-3", "back");
        }

        if (afterDeletion)
        {
            await ProcessAsync(new SourceWebhook("PO-3") { Change = ChangeKind.Deleted, Version = deletion.Version });
        }

        await ProcessAsync(new SourceWebhook("PO-3") { Change = ChangeKind.Updated, Version = versioned ? last.Version : null }.Bringing(last.ToJson(timed: true)));

        var kinds = (await _bench.Webhooks.EventsAsync()).Where(e => e.Key == "PO-3").Select(e => e.Type.Split('.')[1]);
        Assert.Equal(cameBack ? ["created", "deleted", "created"] : ["created", "deleted"], kinds);
    }

    [Fact]
    public async Task A_record_that_the_list_hides_but_that_can_be_read_is_not_deleted()
    {
        await ConnectAsync(timed: false, 10);
        _bench.Source.Hidden.Add("PO-3");

        await _bench.RunAsync(TimeSpan.FromMinutes(15));

        // Looked at once: from then on it is known that the list hides it.
        Assert.Equal(10, (await _bench.Webhooks.EventsAsync()).Count);
        Assert.Equal(1, _bench.Source.Reads);

        // Listed again, it is missed again when it goes.
        _bench.Source.Hidden.Clear();
        await _bench.RunAsync(TimeSpan.FromMinutes(6));
        _bench.Source.Delete("PO-3");
        await _bench.RunAsync(TimeSpan.FromMinutes(6));
        Assert.EndsWith(".deleted", (await _bench.Webhooks.EventsAsync())[^1].Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_way_to_read_one_record_the_list_is_believed()
    {
        await ConnectAsync(timed: false, 10);
        _bench.Source.Readable = false;
        _bench.Source.Delete("PO-3");

        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("purchase-orders.deleted", (await _bench.Webhooks.EventsAsync())[^1].Type);
        Assert.Equal(0, _bench.Source.Reads);
    }

    [Fact]
    public async Task A_record_that_comes_up_behind_the_comparison_is_not_taken_for_gone()
    {
        await ConnectAsync(timed: false, 10);
        var once = true;
        _bench.Source.WhileReading = async () =>
        {
            if (once)
            {
                once = false;
                _bench.Time.Advance(TimeSpan.FromSeconds(1));
                _bench.Source.Change("AA-1");
                await ProcessAsync(new SourceWebhook("AA-1"));
            }
        };

        await _bench.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("AA-1", (await _bench.Webhooks.EventsAsync())[^1].Key);
        Assert.Equal(1, _bench.Source.Reads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_fifth_gone_is_a_failure_and_deletes_nothing_until_it_is_accepted(bool timed)
    {
        await ConnectAsync(timed, 10);
        foreach (var key in (string[])["PO-0", "PO-1", "PO-2"])
        {
            _bench.Source.Delete(key);
        }

        _bench.Source.Change("PO-5", "changed");
        await _bench.RunAsync(TimeSpan.FromHours(5));

        // Told once, however often it is found, while changes go on.
        Assert.Equal([Completed, Failed(ErrorCode.MassDeletion)], await _bench.SyncEventsAsync());
        var entity = await _bench.EntityAsync();
        Assert.Equal((SyncState.Failed, "MASS_DELETION", 0), (entity.State, entity.Error?.Code, entity.Counts.Deleted));
        Assert.Contains("3 of 10", entity.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(_bench.Source.Json("PO-5"), (await _bench.Webhooks.EventsAsync())[^1].Data);

        await _bench.RequestAsync(compare: true, acceptDeletions: true);
        await _bench.DeliverAsync();

        Assert.Equal(3, (await _bench.Webhooks.EventsAsync()).Count(e => e.Type == "purchase-orders.deleted"));
        Assert.Equal([Completed, Failed(ErrorCode.MassDeletion), Completed], await _bench.SyncEventsAsync());
        entity = await _bench.EntityAsync();
        Assert.Equal((SyncState.Done, null, 0, false), (entity.State, entity.Error, entity.Failures, entity.AcceptsDeletions));
        await _bench.RunAsync(TimeSpan.FromMinutes(15));
        await _bench.AssertIndexedAsync();
        Assert.Empty(_bench.Webhooks.Blobs.Names);
    }

    [Fact]
    public async Task A_fifth_is_deleted()
    {
        await ConnectAsync(timed: false, 10);
        _bench.Source.Delete("PO-0");
        _bench.Source.Delete("PO-1");

        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await _bench.Webhooks.EventsAsync()).Count(e => e.Type == "purchase-orders.deleted"));
    }

    /// <summary>Deletions whose look-ups the time of one poll is too short for go on in the next, and count as before.</summary>
    [Fact]
    public async Task Deletions_go_on_in_the_next_poll()
    {
        await ConnectAsync(timed: false, 10);
        _bench.Source.Delete("PO-0");
        _bench.Source.Delete("PO-1");
        _bench.Source.Failure = () =>
        {
            _bench.Time.Advance(PollWorker.Slice);
            return null;
        };

        await _bench.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, (await _bench.Webhooks.EventsAsync()).Count(e => e.Type == "purchase-orders.deleted"));
        Assert.Equal(2, _bench.Source.Reads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_walk_whose_place_is_lost_begins_again_and_leaves_nothing_behind(bool timed)
    {
        await ConnectAsync(timed, 10);
        var pages = 0;
        _bench.Source.ScanFailure = r =>
        {
            if (r.Since is null && ++pages == 4)
            {
                // Fewer pages than the first time.
                _bench.Source.PageSize = 5;
                return new ApiException(ErrorCode.InvalidCursor, "It is unknown.");
            }

            return null;
        };
        _bench.Source.Delete("PO-9");

        await _bench.RunAsync(TimeSpan.FromHours(2));

        Assert.Single(await _bench.Webhooks.EventsAsync(), e => e.Type == "purchase-orders.deleted");
        Assert.Equal([Completed], await _bench.SyncEventsAsync());
        Assert.Empty(_bench.Webhooks.Blobs.Names);
    }

    [Fact]
    public async Task A_reading_of_changes_whose_place_is_lost_begins_again()
    {
        await ConnectAsync(timed: true, 10);
        for (var i = 0; i < 6; i++)
        {
            _bench.Source.Change($"PO-{i}", "changed");
        }

        var pages = 0;
        _bench.Source.ScanFailure = _ => ++pages == 3 ? new ApiException(ErrorCode.InvalidCursor, "It is unknown.") : null;
        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(16, (await _bench.Webhooks.EventsAsync()).Count);
        Assert.Equal([Completed], await _bench.SyncEventsAsync());
    }

    /// <summary>The page after which it fails is read, and what it failed at is told once, with pauses in between, while changes go on.</summary>
    [Fact]
    public async Task A_comparison_that_fails_does_not_keep_changes_from_being_read()
    {
        await ConnectAsync(timed: true, 10);
        _bench.Source.ScanFailure = r => r is { Since: null, Position: not null } ? new ApiException(ErrorCode.SourceError, "It failed.") : null;
        await _bench.RunAsync(TimeSpan.FromMinutes(60));
        _bench.Source.Scans.Clear();

        for (var i = 0; i < 12; i++)
        {
            _bench.Source.Change("PO-1");
            await _bench.RunAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([Completed, Failed(ErrorCode.SourceError)], await _bench.SyncEventsAsync());
        Assert.InRange(_bench.Source.Scans.Count(s => s.Since is null), 10, 14);
        Assert.Equal(12, (await _bench.Webhooks.EventsAsync()).Count(e => e.Key == "PO-1") - 1);
        Assert.Equal((SyncState.Failed, "SOURCE_ERROR"), ((await _bench.EntityAsync()).State, (await _bench.EntityAsync()).Error?.Code));

        _bench.Source.ScanFailure = _ => null;
        await _bench.RunAsync(TimeSpan.FromMinutes(6));

        Assert.Equal([Completed, Failed(ErrorCode.SourceError), Completed], await _bench.SyncEventsAsync());
        Assert.Equal((SyncState.Done, null), ((await _bench.EntityAsync()).State, (await _bench.EntityAsync()).Error));
    }

    [Fact]
    public async Task Records_that_only_a_first_comparison_comes_upon_are_noted_unless_they_changed_since()
    {
        _bench = await PollBench.ConnectAsync(new SyncSettings { CompareInterval = TimeSpan.FromHours(1) });
        _bench.Source.ClockAhead = TimeSpan.FromDays(-3);
        _bench.Source.Change("PO-old");
        _bench.Source.ClockAhead = TimeSpan.Zero;
        await _bench.RunAsync(TimeSpan.FromHours(2));
        Assert.Empty(await _bench.Webhooks.EventsAsync());

        _bench.Source.Change("PO-old", "changed");
        await _bench.RunAsync(TimeSpan.FromMinutes(5));
        _bench.Source.Change("PO-new");
        await _bench.RunAsync(TimeSpan.FromMinutes(5));

        var events = await _bench.Webhooks.EventsAsync();
        Assert.Equal([("PO-old", "purchase-orders.updated"), ("PO-new", "purchase-orders.created")], events.Select(e => (e.Key, e.Type)));
        Assert.NotNull(events[0].BeforeHash);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static (string Type, string Entity, string? Code) Completed => ("sync.completed", FakeSource.Entity, null);

    private static (string Type, string Entity, string? Code) Failed(ErrorCode code) => ("sync.failed", FakeSource.Entity, code.Name);

    private SourceRecord AfterAWhile(Func<SourceRecord> change)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        return change();
    }

    private async Task ProcessAsync(SourceWebhook webhook) => await _bench.Webhooks.ProcessAsync(await _bench.Webhooks.ReceiveAsync(webhook));

    private async Task ConnectAsync(bool timed, int records, bool watched = true)
    {
        _bench = await PollBench.ConnectAsync(Full, timed);
        _bench.Source.PageSize = 2;
        for (var i = 0; i < records; i++)
        {
            _bench.Source.Change($"PO-{i}");
        }

        if (!watched)
        {
            await _bench.Webhooks.Subscriptions.DeleteAsync(_bench.Connection.Id, Stop);
        }

        _bench.Time.Advance(TimeSpan.FromHours(1));
        await _bench.BeginAsync();
    }
}
