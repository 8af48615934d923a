using CsCheck;
using Millwright.Core.Errors;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Polling;

public sealed class RequestBudgetTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly DomainStore _domain = new();
    private readonly Probe _probe = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SyncStore Store => new(new ProbedTables(_domain.Store.Tables, _probe));

    /// <summary>Portions are asked for at any times, and their requests made as late as they may be.</summary>
    [Fact]
    public void No_minute_has_more_requests_than_allowed()
    {
        var cases =
            from perMinute in Gen.Int[1, 200]
            from pauses in Gen.Int[0, 30_000].Array[1, 60]
            from delays in Gen.Int[0, 9_999].Array[60]
            select (perMinute, pauses, delays);
        cases.Sample(one =>
        {
            var now = Now;
            IReadOnlyList<BudgetPortion> taken = [];
            List<(DateTimeOffset At, int Requests)> made = [];
            for (var i = 0; i < one.pauses.Length; i++)
            {
                now = now.AddMilliseconds(one.pauses[i]);
                var (portion, askAgain, counting) = RequestBudget.Next(taken, one.perMinute, now);
                if (portion is null)
                {
                    // Whoever waits for as long as told gets some.
                    Assert.True(askAgain > now);
                    Assert.NotNull(RequestBudget.Next(taken, one.perMinute, askAgain).Portion);
                    continue;
                }

                Assert.InRange(portion.Requests, 1, one.perMinute);
                taken = [.. counting, portion];
                made.Add((now.AddMilliseconds(one.delays[i]), portion.Requests));
            }

            AssertNoMinuteOver(one.perMinute, made);
        });
    }

    [Fact]
    public async Task Portions_are_stored_before_their_requests_and_not_for_each_of_them()
    {
        using var budget = await OpenAsync(perMinute: 60);
        for (var i = 0; i < 30; i++)
        {
            await budget.TakeAsync(Stop);
        }

        Assert.Equal((30, 3), (budget.Made, _probe.Writes));
        Assert.Equal([10, 10, 10], (await KnownAsync()).Taken.Select(p => p.Requests));
    }

    [Fact]
    public async Task What_is_spent_stays_spent_in_another_process()
    {
        for (var process = 0; process < 3; process++)
        {
            using var budget = await OpenAsync(perMinute: 3);
            await budget.TakeAsync(Stop);
        }

        using var late = await OpenAsync(perMinute: 3);
        var e = await Assert.ThrowsAsync<ApiException>(() => late.TakeAsync(Stop).AsTask());

        Assert.Equal((ErrorCode.RateLimitExceeded, TimeSpan.FromSeconds(70)), (e.Code, e.RetryAfter));
        Assert.Equal(_domain.Time.GetUtcNow().AddSeconds(70), late.SpentUntil);
        _domain.Time.Advance(TimeSpan.FromSeconds(70));
        using var later = await OpenAsync(perMinute: 3);
        await later.TakeAsync(Stop);
        Assert.Equal((1, null), (later.Made, later.SpentUntil));
    }

    [Fact]
    public async Task A_portion_is_not_used_after_its_life()
    {
        using var budget = await OpenAsync(perMinute: 60);
        await budget.TakeAsync(Stop);
        _domain.Time.Advance(RequestBudget.PortionLife);

        await budget.TakeAsync(Stop);

        Assert.Equal(2, (await KnownAsync()).Taken.Count);
    }

    [Fact]
    public async Task A_lower_limit_holds_at_once()
    {
        using (var generous = await OpenAsync(perMinute: 60))
        {
            await generous.TakeAsync(Stop);
        }

        using var budget = await OpenAsync(perMinute: 5);

        await Assert.ThrowsAsync<ApiException>(() => budget.TakeAsync(Stop).AsTask());
    }

    [Fact]
    public async Task Two_polls_at_once_do_not_both_take()
    {
        using var one = await OpenAsync(perMinute: 60);
        using var other = await OpenAsync(perMinute: 60);
        await one.TakeAsync(Stop);

        await Assert.ThrowsAsync<SyncConflictException>(() => other.TakeAsync(Stop).AsTask());

        Assert.IsType<SyncConflictException>(other.Fault);
        Assert.Null(other.SpentUntil);
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    internal static void AssertNoMinuteOver(int perMinute, IReadOnlyList<(DateTimeOffset At, int Requests)> made) =>
        Assert.All(made, first => Assert.InRange(made.Where(m => m.At >= first.At && m.At < first.At.AddMinutes(1)).Sum(m => m.Requests), 0, perMinute));

    private async Task<RequestBudget> OpenAsync(int perMinute) => new(Store, "connection-1", await KnownAsync(), perMinute, _domain.Time);

    private async Task<BudgetState> KnownAsync()
    {
        // The overview shows it only beside the connection's own row.
        await Store.TryStoreAsync(new ConnectionSync("connection-1", "application-1", "fake"), Stop);
        var known = (await Store.ReadAsync("connection-1", Stop))!.Budget;
        _probe.Reset();
        return known;
    }
}
