using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Storage;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>Plays one case of changes, webhooks and faults, and reconciles in the end what the source did with what the feed tells.</summary>
internal sealed class Ledger(WebhookBench bench, LedgerRules rules, Random random)
{
    private static readonly ErrorCode[] PassingErrors =
        [ErrorCode.SourceError, ErrorCode.SourceTimeout, ErrorCode.SourceUnavailable, ErrorCode.RateLimitExceeded, ErrorCode.AuthenticationFailed, ErrorCode.SourceRejected];

    // Webhooks on their way from the sender.
    private readonly List<(byte[] Body, string Id)> _sent = [];
    private readonly List<QueueMessage> _received = [];
    private int _changes;
    private int _faults = rules.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        bench.Source.Timed = rules.Timed;
        bench.Queue.DropsDuplicates = rules.DropsDuplicates;
        while (_changes < rules.Changes || _sent.Count > 0 || bench.Queue.Waiting.Count > 0 || await WaitsInFallbackAsync())
        {
            // Any two moments differ, as they do outside of tests.
            bench.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 3_000)));
            await StepAsync();
        }

        await MendAsync();
        await ReconcileAsync();
    }

    private Task StepAsync() => random.Next(6) switch
    {
        0 or 1 when _changes < rules.Changes => ChangeAsync(),
        2 or 3 when _sent.Count > 0 => ReceiveAsync(),
        4 => SweepAsync(),
        _ when bench.Queue.Waiting.Count > 0 => ProcessAsync(Pick(bench.Queue.Waiting)),
        _ => Task.CompletedTask,
    };

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private bool Fails(int outOf = 3) => random.Next(outOf) == 0 && _faults-- > 0;

    private Task ChangeAsync()
    {
        _changes++;
        var key = $"PO-{random.Next(rules.Records)}";
        var known = bench.Source.Json(key) is not null;

        // What comes late can be told from news only by its version or its time, or by reading.
        var mayBringTheRecord = rules.Versioned || rules.Timed;
        var deletes = known && random.Next(5) == 0;
        var record = deletes ? bench.Source.Delete(key) : bench.Source.Change(key, Title());
        var webhook = new SourceWebhook(key)
        {
            Change = deletes ? ChangeKind.Deleted : known ? ChangeKind.Updated : ChangeKind.Created,
            Version = rules.Versioned ? record.Version : null,
        };
        if (mayBringTheRecord && random.Next(2) == 0)
        {
            webhook = webhook.Bringing(record.ToJson(rules.Timed));
        }

        var body = random.Next(8) == 0 ? webhook.ToBody(60_000) : webhook.ToBody();
        _sent.AddRange(Enumerable.Repeat((body, $"msg_{_changes}"), random.Next(1, 4)));
        return Task.CompletedTask;
    }

    // Now and then a record takes on content that it had before.
    private string Title() => random.Next(4) == 0 ? "as before" : $"change {_changes}";

    private async Task ReceiveAsync()
    {
        var webhook = Pick(_sent);
        _sent.Remove(webhook);
        bench.Queue.Down = Fails(8);
        try
        {
            if (await Crashed(() => bench.Receiver.ReceiveAsync(bench.Connection.Id, bench.Signed(webhook.Body, webhook.Id), "req-1", Stop)))
            {
                // The sender got no 200.
                _sent.Add(webhook);
            }
        }
        finally
        {
            bench.Queue.Down = false;
        }

        _received.AddRange(bench.Queue.Sent.Except(_received));
    }

    private async Task SweepAsync() => await Crashed(() => bench.Fallback.SweepAsync(Stop));

    private async Task ProcessAsync(QueueMessage message)
    {
        bench.MoveTo(message.ScheduledAt);
        bench.Source.Failure = () => Fails(4) ? new ApiException(Pick(PassingErrors), "The source does not answer.") : null;
        if (await Crashed(() => bench.ProcessAsync(message)) || Fails(8))
        {
            // Not completed, so it is delivered again.
            bench.Queue.Waiting.Add(message);
        }
    }

    /// <summary>Does it in a process that may end at any write, or that another one overtakes there.</summary>
    private async Task<bool> Crashed(Func<Task> act)
    {
        var at = random.Next(1, 12);
        bench.Probe.Reset();
        if (Fails())
        {
            bench.Probe.CrashAt(at, after: random.Next(2) == 0);
        }
        else if (random.Next(4) == 0)
        {
            bench.Probe.BeforeWrite = n => n == at ? OvertakeAsync() : Task.CompletedTask;
        }

        try
        {
            await act();
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
        finally
        {
            bench.Probe.Reset();
        }
    }

    private async Task OvertakeAsync()
    {
        bench.Probe.Reset();
        bench.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 3_000)));
        if (bench.Queue.Waiting.Count > 0 && !bench.Queue.Down)
        {
            var message = Pick(bench.Queue.Waiting);
            bench.MoveTo(message.ScheduledAt);
            await bench.ProcessAsync(message);
        }
    }

    private async Task<bool> WaitsInFallbackAsync() =>
        await bench.Tables.Table("WebhookFallback").QueryAsync("waiting", RowRange.All, Stop).AnyAsync(Stop);

    /// <summary>What an operator does in the end: replays what is parked, with a source that works.</summary>
    private async Task MendAsync()
    {
        bench.Source.Failure = () => null;
        foreach (var failure in (await bench.ParkedAsync()).Where(f => f.State != FailureState.Resolved))
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(1));
            await bench.Failures.ReplayAsync(bench.Connection.ApplicationId, failure.Id, Stop);
        }

        await bench.DrainAsync();
    }

    private async Task ReconcileAsync()
    {
        foreach (var message in _received)
        {
            Assert.Contains(await bench.OutcomeOfAsync(message), (string[])["Applied", "Unchanged", "Stale"]);
        }

        Assert.DoesNotContain(await bench.ParkedAsync(), f => f.State != FailureState.Resolved);
        Assert.Empty(bench.Blobs.Names);
        var events = await bench.EventsAsync();
        Assert.Equal(events.Count, events.DistinctBy(e => e.Id).Count());
        Assert.Equal(events.Select(e => e.At), events.Select(e => e.At).Order());
        for (var record = 0; record < rules.Records; record++)
        {
            bench.Source.AssertTold($"PO-{record}", events);
        }
    }
}
