using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

/// <summary>The process ends before or after each write there is, and the message is delivered again.</summary>
public sealed class WebhookCrashTests
{
    // More than any of these makes.
    private const int Writes = 9;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int, bool> AnyWrite => new MatrixTheoryData<int, bool>(Enumerable.Range(1, Writes), [false, true]);

    [Theory]
    [MemberData(nameof(AnyWrite))]
    public async Task A_change_is_one_event(int write, bool after)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Source.Change("PO-1");
        var message = await bench.ReceiveAsync(new SourceWebhook("PO-1").ToBody(60_000));

        await bench.CrashAsync(message, write, after);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.ProcessAsync(message);

        Assert.Equal("Applied", await bench.OutcomeOfAsync(message));
        Assert.Equal((1, bench.Source.Json("PO-1")), Assert.Single(await bench.EventsAsync()) is var e ? (e.Sequence, e.Data) : default);
        Assert.Empty(bench.Blobs.Names);
        Assert.Empty(bench.Queue.Waiting);
    }

    [Theory]
    [MemberData(nameof(AnyWrite))]
    public async Task A_failure_is_tried_again_once(int write, bool after)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Queue.DropsDuplicates = true;
        bench.Source.Change("PO-1");
        var message = await bench.ReceiveAsync(new SourceWebhook("PO-1"));
        bench.Source.Failure = () => new ApiException(ErrorCode.SourceError, "It failed.");

        await bench.CrashAsync(message, write, after);
        await bench.ProcessAsync(message);

        Assert.Single(bench.Queue.Waiting);
        bench.Source.Failure = () => null;
        await bench.DrainAsync();
        Assert.Single(await bench.EventsAsync());
    }

    [Theory]
    [MemberData(nameof(AnyWrite))]
    public async Task What_cannot_be_processed_is_parked_once(int write, bool after)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        var message = await bench.ReceiveAsync("{}"u8.ToArray());

        await bench.CrashAsync(message, write, after);
        await bench.ProcessAsync(message);

        Assert.Equal("Parked", await bench.OutcomeOfAsync(message));
        Assert.Equal(FailureState.Parked, Assert.Single(await bench.ParkedAsync()).State);
    }

    [Theory]
    [MemberData(nameof(AnyWrite))]
    public async Task What_was_parked_and_is_well_after_all_is_resolved(int write, bool after)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Source.Change("PO-1");
        var message = await bench.ReceiveAsync(new SourceWebhook("PO-1"));
        bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
        var crashed = await bench.CrashAsync(message, write, after);
        bench.Source.Failure = () => null;

        await bench.ProcessAsync(message);

        var outcome = await bench.OutcomeOfAsync(message);
        Assert.All(await bench.ParkedAsync(), f => Assert.Equal(outcome == "Parked" ? FailureState.Parked : FailureState.Resolved, f.State));
        Assert.True(crashed || outcome == "Parked");
    }

    [Theory]
    [MemberData(nameof(AnyWrite))]
    public async Task A_replay_ends_resolved_and_leaves_no_body(int write, bool after)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Source.Change("PO-1");
        var message = await bench.ReceiveAsync(new SourceWebhook("PO-1").ToBody(60_000));
        bench.Source.Failure = () => new ApiException(ErrorCode.SourceRejected, "No.");
        await bench.ProcessAsync(message);
        bench.Source.Failure = () => null;
        await bench.Failures.ReplayAsync(bench.Connection.ApplicationId, Assert.Single(await bench.ParkedAsync()).Id, Stop);
        var replay = bench.Queue.Waiting.Single();

        await bench.CrashAsync(replay, write, after);
        await bench.ProcessAsync(replay);

        Assert.Equal(FailureState.Resolved, Assert.Single(await bench.ParkedAsync()).State);
        Assert.Single(await bench.EventsAsync());
        Assert.Empty(bench.Blobs.Names);
    }
}
