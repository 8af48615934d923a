using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Polling.Bench;

/// <summary>Plays one case of changes, webhooks, polls and faults, and reconciles in the end what the source did with what the feed tells.</summary>
internal sealed class PollLedger(PollBench bench, PollLedgerRules rules, Random random)
{
    private static readonly ErrorCode[] PassingErrors =
        [ErrorCode.SourceError, ErrorCode.SourceTimeout, ErrorCode.SourceUnreachable, ErrorCode.RateLimitExceeded, ErrorCode.InvalidCursor, ErrorCode.PermissionDenied];

    // Webhooks on their way from the sender.
    private readonly List<(byte[] Body, string Id)> _sent = [];
    private readonly List<DateTimeOffset> _webhookReads = [];
    private int _changes;
    private int _faults = rules.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        bench.Source.PageSize = 2;
        bench.Source.WhileReading = WhileReadingAsync;
        while (_changes < rules.Changes || _sent.Count > 0)
        {
            Pass(60_000);
            await StepAsync();
        }

        await MendAsync();
        await ReconcileAsync();
    }

    // Any two moments differ, as they do outside of tests.
    private void Pass(int milliseconds) => bench.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, milliseconds)));

    private bool Fails(int outOf = 3) => random.Next(outOf) == 0 && _faults-- > 0;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private async Task WhileReadingAsync()
    {
        Pass(2_000);
        if (_changes < rules.Changes && random.Next(6) == 0)
        {
            Change();
            Pass(2_000);
        }

        if (bench.Webhooks.Queue.Waiting.Count > 0 && random.Next(6) == 0)
        {
            await ElsewhereAsync(() => ProcessWebhookAsync(crash: false));
        }
    }

    // Another process knows nothing of the meter of this one's poll.
    private static Task ElsewhereAsync(Func<Task> act)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(act);
        }
    }

    private Task StepAsync() => random.Next(8) switch
    {
        0 or 1 when _changes < rules.Changes => ChangeAsync(),
        2 when _sent.Count > 0 => ReceiveAsync(),
        3 or 4 when bench.Webhooks.Queue.Waiting.Count > 0 => ProcessWebhookAsync(crash: true),
        5 when bench.Queue.Waiting.Count > 0 => PollAsync(crash: true),
        6 => JumpAsync(),
        _ => Crashed(() => bench.Scheduler.TickAsync(Stop)),
    };

    private Task ChangeAsync()
    {
        Change();
        return Task.CompletedTask;
    }

    private Task JumpAsync()
    {
        Pass(12 * 60_000);
        return Task.CompletedTask;
    }

    private void Change()
    {
        _changes++;
        var key = $"PO-{random.Next(rules.Records)}";
        var known = bench.Source.Json(key) is not null;
        var deletes = known && random.Next(5) == 0;

        // Now and then a record takes on content that it had before.
        var record = deletes ? bench.Source.Delete(key) : bench.Source.Change(key, random.Next(4) == 0 ? "as before" : $"change {_changes}");
        var webhook = new SourceWebhook(key)
        {
            Change = deletes ? ChangeKind.Deleted : known ? ChangeKind.Updated : ChangeKind.Created,
            Version = rules.Versioned ? record.Version : null,
        };
        if ((rules.Versioned || rules.Timed) && random.Next(2) == 0)
        {
            webhook = webhook.Bringing(record.ToJson(rules.Timed));
        }

        // Lost, or once, or twice.
        _sent.AddRange(Enumerable.Repeat((webhook.ToBody(), $"msg_{_changes}"), random.Next(3)));
    }

    private async Task ReceiveAsync()
    {
        var webhook = Pick(_sent);
        _sent.Remove(webhook);
        if (await Crashed(() => bench.Webhooks.Receiver.ReceiveAsync(bench.Connection.Id, bench.Webhooks.Signed(webhook.Body, webhook.Id), "req-1", Stop)))
        {
            _sent.Add(webhook);
        }
    }

    private async Task ProcessWebhookAsync(bool crash)
    {
        using var meter = CountWebhookReads();
        var message = Pick(bench.Webhooks.Queue.Waiting);
        if (crash)
        {
            bench.Webhooks.MoveTo(message.ScheduledAt);
            if (await Crashed(() => bench.Webhooks.ProcessAsync(message)))
            {
                bench.Webhooks.Queue.Waiting.Add(message);
            }
        }
        else if (!(message.ScheduledAt > bench.Time.GetUtcNow()))
        {
            await bench.Webhooks.ProcessAsync(message);
        }
    }

    private async Task PollAsync(bool crash)
    {
        var message = bench.Queue.TakeNext()!;
        bench.Source.ScanFailure = _ => Fails(6) ? new ApiException(Pick(PassingErrors), "It failed.") : null;
        bench.Source.Failure = () => Fails(6) ? new ApiException(ErrorCode.SourceError, "It failed.") : null;
        var again = crash ? await Crashed(() => bench.Worker.ProcessAsync(message.Body, Stop)) : await Lost(() => bench.Worker.ProcessAsync(message.Body, Stop));
        if ((again && random.Next(4) > 0) || Fails(8))
        {
            // Delivered again; otherwise the queue gave up, and the watch has to find it.
            bench.Queue.Waiting.Add(message);
        }
    }

    // They are not the polls'.
    private IDisposable CountWebhookReads() => UpstreamMeter.Use(_ =>
    {
        _webhookReads.Add(bench.Time.GetUtcNow());
        return ValueTask.CompletedTask;
    });

    /// <summary>Does it in a process that may end at any write, or that another one overtakes there.</summary>
    private async Task<bool> Crashed(Func<Task> act)
    {
        var at = random.Next(1, 20);
        bench.Probe.Reset();
        if (Fails())
        {
            bench.Probe.CrashAt(at, after: random.Next(2) == 0);
        }
        else if (random.Next(4) == 0)
        {
            bench.Probe.BeforeWrite = n => n == at ? ElsewhereAsync(OvertakeAsync) : Task.CompletedTask;
        }

        try
        {
            return await Lost(act);
        }
        finally
        {
            bench.Probe.Reset();
        }
    }

    private static async Task<bool> Lost(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private async Task OvertakeAsync()
    {
        bench.Probe.Reset();
        Pass(3_000);
        if (random.Next(2) == 0 && bench.Webhooks.Queue.Waiting.Count > 0)
        {
            await ProcessWebhookAsync(crash: false);
        }
        else if (bench.Queue.Waiting.Count > 0)
        {
            await PollAsync(crash: false);
        }
    }

    /// <summary>A day without faults, and what an operator does: takes what is gone for gone, and replays what is parked.</summary>
    private async Task MendAsync()
    {
        bench.Source.ScanFailure = _ => null;
        bench.Source.Failure = () => null;
        using (CountWebhookReads())
        {
            await bench.Webhooks.DrainAsync();
        }

        await bench.DeliverAsync();
        await bench.RunAsync(TimeSpan.FromMinutes(30));
        await bench.RequestAsync(compare: true, acceptDeletions: true);
        await bench.RunAsync(TimeSpan.FromMinutes(15));
        foreach (var failure in (await bench.Webhooks.ParkedAsync()).Where(f => f.State != Core.Webhooks.FailureState.Resolved))
        {
            await bench.Webhooks.Failures.ReplayAsync(bench.Connection.ApplicationId, failure.Id, Stop);
        }

        using (CountWebhookReads())
        {
            await bench.Webhooks.DrainAsync();
        }

        await bench.RunAsync(TimeSpan.FromMinutes(15));
    }

    private async Task ReconcileAsync()
    {
        var all = await bench.Webhooks.EventsAsync();
        Assert.Equal(all.Select(e => e.At), all.Select(e => e.At).Order());

        // Records are applied side by side, so the clock may jump past the end of the time for a write that is under way: it is made again, under the same id.
        var events = all.DistinctBy(e => e.Id).ToList();
        Assert.All(all, e => Assert.Equal(events.Single(o => o.Id == e.Id) with { At = e.At }, e));
        for (var record = 0; record < rules.Records; record++)
        {
            bench.Source.AssertTold($"PO-{record}", events);
        }

        var entity = await bench.EntityAsync();
        Assert.Equal((SyncState.Done, null, 0), (entity.State, entity.Error, entity.Failures));
        Assert.Empty(bench.Webhooks.Blobs.Names);
        await bench.AssertIndexedAsync();
        var polled = bench.Source.Requests.ToList();
        _webhookReads.ForEach(at => polled.Remove(at));
        RequestBudgetTests.AssertNoMinuteOver(rules.RequestsPerMinute, polled.ConvertAll(at => (at, 1)));
    }
}
