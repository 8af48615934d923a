using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>The token of one process: when it is replaced, who waits for it, and what happens when it cannot be had.</summary>
public sealed class AccessTokensTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_need_of_a_token_asks_for_one_and_stores_it()
    {
        await using var bench = await TokenBench.StartAsync();

        var token = await bench.Process().GetAsync(null, Ct);

        Assert.Equal(token, await bench.Store.ReadAsync(Ct));
        Assert.Equal(token, await bench.Process().GetAsync(null, Ct));
        Assert.Equal([null], bench.Issuer.Requests);
    }

    [Fact]
    public async Task A_token_that_is_not_due_costs_no_look_at_storage()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var token = await tokens.GetAsync(null, Ct);
        bench.VaultProbe.Reset();
        bench.TableProbe.Reset();
        bench.Time.Advance(TimeSpan.FromMinutes(54) - TimeSpan.FromTicks(1));

        Assert.Equal(token, await tokens.GetAsync(null, Ct));

        Assert.Equal((0, 0), (bench.VaultProbe.Reads, bench.TableProbe.Reads + bench.TableProbe.Writes));
    }

    [Fact]
    public async Task While_a_due_token_is_replaced_calls_go_on_with_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var old = await tokens.GetAsync(null, Ct);
        bench.Time.Advance(TimeSpan.FromMinutes(54));
        var gate = new Gate();
        bench.Issuer.Before = _ => gate.PassAsync();

        Assert.Equal(old, await tokens.GetAsync(null, Ct));
        await gate.Reached;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => tokens.GetAsync(null, Ct).AsTask())), t => Assert.Equal(old, t));

        gate.Open();
        var renewed = await tokens.GetAsync(old, Ct);
        Assert.NotEqual(old, renewed);
        Assert.Equal([null, "refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task However_many_calls_find_the_token_at_its_end_one_request_replaces_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var (tokens, _, old) = await bench.ExpiredAsync();

        var got = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => tokens.GetAsync(null, Ct).AsTask())));

        Assert.NotEqual(old, Assert.Single(got.Distinct()));
        Assert.Equal(["refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task However_often_a_token_is_rejected_one_request_replaces_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var old = await tokens.GetAsync(null, Ct);
        bench.Time.Advance(AccessToken.Youth);

        var got = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => tokens.GetAsync(old, Ct).AsTask())));

        Assert.Equal("access-2", Assert.Single(got.Distinct()).Value);
        Assert.Equal([null, "refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task Once_rejected_a_token_is_given_to_nobody_even_if_no_other_can_be_had()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var old = await tokens.GetAsync(null, Ct);
        bench.Time.Advance(AccessToken.Youth);
        bench.Issuer.Before = _ => throw new ApiException(ErrorCode.SourceError, "Down.");

        await FailsAsync(tokens, ErrorCode.SourceError, old);

        await FailsAsync(tokens, ErrorCode.SourceError);
    }

    [Fact]
    public async Task A_token_that_is_rejected_right_after_its_issue_is_not_replaced()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var token = await tokens.GetAsync(null, Ct);
        bench.Time.Advance(AccessToken.Youth - TimeSpan.FromTicks(1));

        await FailsAsync(tokens, ErrorCode.AuthenticationFailed, token);

        Assert.Equal([null], bench.Issuer.Requests);
        Assert.Equal(token, await tokens.GetAsync(null, Ct));
    }

    [Fact]
    public async Task A_refusal_answers_all_calls_until_its_pause_is_over()
    {
        await using var bench = await TokenBench.StartAsync();
        var (tokens, _, _) = await bench.ExpiredAsync();
        bench.Issuer.Before = _ => throw new ApiException(ErrorCode.AuthenticationFailed, "No.");

        for (var call = 0; call < 100; call++)
        {
            await FailsAsync(tokens, ErrorCode.AuthenticationFailed);
        }

        Assert.Single(bench.Issuer.Requests);
        Assert.Single(bench.Log.Lines);
        bench.Time.Advance(AccessTokens.RefusalPause);
        bench.Issuer.Before = _ => Task.CompletedTask;
        Assert.Equal("access-2", (await tokens.GetAsync(null, Ct)).Value);
        bench.AssertNothingLeaked();
    }

    [Fact]
    public async Task A_failure_matters_to_nobody_while_the_old_token_is_valid()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var old = await tokens.GetAsync(null, Ct);
        bench.Time.Advance(TimeSpan.FromMinutes(55));
        bench.Issuer.Before = _ => throw new ApiException(ErrorCode.SourceError, "Down.");

        await GoOnAsync(failures: 1);
        Assert.Equal(2, bench.Issuer.Requests.Count);
        bench.Time.Advance(AccessTokens.FailurePause);
        await GoOnAsync(failures: 2);
        Assert.Equal(3, bench.Issuer.Requests.Count);

        async Task GoOnAsync(int failures)
        {
            do
            {
                Assert.Equal(old, await tokens.GetAsync(null, Ct));
            }
            while (bench.Log.Lines.Count < failures);
        }
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        await using var bench = await TokenBench.StartAsync();
        bench.Issuer.Before = cancellation => Task.Delay(Timeout.Infinite, cancellation);

        var call = bench.Process().GetAsync(null, Ct).AsTask();
        await bench.Time.WaitOf(AccessTokens.IssueTimeout);
        bench.Time.Advance(AccessTokens.IssueTimeout);

        Assert.Equal(ErrorCode.SourceTimeout, (await Assert.ThrowsAsync<ApiException>(() => call)).Code);
    }

    [Fact]
    public async Task A_caller_who_goes_leaves_the_request_to_the_others()
    {
        await using var bench = await TokenBench.StartAsync();
        var tokens = bench.Process();
        var gate = new Gate();
        bench.Issuer.Before = _ => gate.PassAsync();
        using var gone = new CancellationTokenSource();

        var first = tokens.GetAsync(null, gone.Token).AsTask();
        await gate.Reached;
        var second = tokens.GetAsync(null, Ct).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Open();

        Assert.Equal("access-1", (await second).Value);
    }

    [Fact]
    public async Task A_token_that_could_not_be_stored_is_not_used_and_not_lost()
    {
        await using var bench = await TokenBench.StartAsync();
        var (tokens, other, _) = await bench.ExpiredAsync();
        bench.VaultProbe.Reset();
        bench.VaultProbe.BeforeWrite = _ => throw new CrashException();

        await Assert.ThrowsAsync<CrashException>(() => tokens.GetAsync(null, Ct).AsTask());
        bench.VaultProbe.Reset();
        bench.Time.Advance(AccessTokens.FailurePause);

        Assert.Equal("access-2", (await tokens.GetAsync(null, Ct)).Value);
        Assert.Equal("access-2", (await other.GetAsync(null, Ct)).Value);
        Assert.Equal(["refresh-1"], bench.Issuer.Requests);
        bench.AssertNothingLeaked();
    }

    [Fact]
    public async Task What_could_not_be_stored_is_what_the_next_token_is_asked_for_with()
    {
        await using var bench = await TokenBench.StartAsync();
        var (tokens, _, _) = await bench.ExpiredAsync();
        bench.VaultProbe.Reset();
        bench.VaultProbe.BeforeWrite = _ => throw new CrashException();
        await Assert.ThrowsAsync<CrashException>(() => tokens.GetAsync(null, Ct).AsTask());
        bench.VaultProbe.Reset();

        bench.Time.Advance(FakeIssuer.Lifetime);

        Assert.Equal("access-3", (await tokens.GetAsync(null, Ct)).Value);
        Assert.Equal(["refresh-1", "refresh-2"], bench.Issuer.Requests);
    }

    private static async Task FailsAsync(AccessTokens tokens, ErrorCode code, AccessToken? rejected = null) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ApiException>(() => tokens.GetAsync(rejected, Ct).AsTask())).Code);
}
