using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;
using Millwright.Core.Tests.Bench;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>Several processes with one connection's token: never two requests at once, and nothing lost where one dies or is slow.</summary>
public sealed class AccessTokenLeaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_processes_that_find_the_token_at_its_end_one_asks_and_both_use_the_answer()
    {
        await using var bench = await TokenBench.StartAsync();
        var (one, other, old) = await bench.ExpiredAsync();
        var gate = new Gate();
        bench.Issuer.Before = _ => gate.PassAsync();

        var first = Calls(one);
        await gate.Reached;
        var second = Calls(other);
        await bench.Time.WaitOf(AccessTokens.PollInterval);
        gate.Open();
        await first;
        bench.Time.Advance(AccessTokens.PollInterval);

        Assert.NotEqual(old, Assert.Single((await first).Concat(await second).Distinct()));
        Assert.Equal(["refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task While_another_process_replaces_a_due_token_calls_go_on_with_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var one = bench.Process();
        var old = await one.GetAsync(null, Ct);
        bench.Time.Advance(TimeSpan.FromMinutes(55));
        var gate = new Gate();
        bench.Issuer.Before = _ => gate.PassAsync();
        Assert.Equal(old, await one.GetAsync(null, Ct));
        await gate.Reached;

        // A process that has only begun takes what is stored, though it is due.
        var other = bench.Process();
        Assert.All(await Calls(other), token => Assert.Equal(old, token));
        Assert.Equal(old, await other.GetAsync(null, Ct));
        await bench.Time.WaitOf(AccessTokens.PollInterval);
        gate.Open();
        await one.GetAsync(old, Ct);
        bench.Time.Advance(AccessTokens.PollInterval);

        Assert.Equal("access-2", (await other.GetAsync(old, Ct)).Value);
        Assert.Equal([null, "refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task A_token_that_another_process_has_replaced_is_taken_without_a_request()
    {
        await using var bench = await TokenBench.StartAsync();
        var (one, other, old) = await bench.ExpiredAsync();

        var renewed = await one.GetAsync(null, Ct);

        Assert.Equal(renewed, await other.GetAsync(old, Ct));
        Assert.Single(bench.Issuer.Requests);
    }

    [Fact]
    public async Task A_process_that_gets_the_lease_right_after_another_is_done_takes_what_that_one_stored()
    {
        await using var bench = await TokenBench.StartAsync();
        var (one, other, _) = await bench.ExpiredAsync();
        bench.TableProbe.Reset();
        bench.VaultProbe.Reset();
        AccessToken? renewed = null;
        bench.TableProbe.BeforeWrite = async write => renewed ??= write == 1 ? await other.GetAsync(null, Ct) : null;

        Assert.Equal("access-2", (await one.GetAsync(null, Ct)).Value);

        Assert.Equal("access-2", renewed?.Value);
        Assert.Equal(1, bench.VaultProbe.Writes);
        Assert.Equal(["refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task The_lease_of_a_process_that_died_is_taken_over_when_it_has_run_out()
    {
        await using var bench = await TokenBench.StartAsync();
        var (one, _, _) = await bench.ExpiredAsync();
        var dead = await bench.Store.TryLeaseAsync(Ct);

        var call = one.GetAsync(null, Ct).AsTask();
        await bench.Time.WaitOf(AccessTokens.PollInterval);
        bench.Time.Advance(AccessTokens.Patience);
        var error = await Assert.ThrowsAsync<ApiException>(() => call);
        Assert.Equal(ErrorCode.SourceUnavailable, error.Code);
        Assert.Equal(AccessTokens.FailurePause, error.RetryAfter);
        Assert.Empty(bench.Issuer.Requests);

        call = one.GetAsync(null, Ct).AsTask();
        await bench.Time.WaitOf(AccessTokens.PollInterval, 2);
        for (var look = 3; !dead!.HasRunOut; look++)
        {
            Assert.False(call.IsCompleted);
            bench.Time.Advance(AccessTokens.PollInterval);
            await Task.WhenAny(call, bench.Time.WaitOf(AccessTokens.PollInterval, look));
        }

        Assert.Equal("access-2", (await call).Value);

        // The dead one, had it only been asleep, takes nobody's lease away.
        var mine = await bench.Store.TryLeaseAsync(Ct);
        await dead.DisposeAsync();
        Assert.NotNull(mine);
        Assert.Null(await bench.Store.TryLeaseAsync(Ct));
    }

    [Fact]
    public async Task A_slow_process_does_not_overwrite_what_came_after_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var (slow, quick, _) = await bench.ExpiredAsync();
        bench.Issuer.Lenient = true;
        var gate = new Gate();
        bench.Issuer.OnTheWay = _ => gate.PassAsync();
        var first = slow.GetAsync(null, Ct).AsTask();
        await gate.Reached;
        bench.Issuer.OnTheWay = _ => Task.CompletedTask;
        bench.Time.Advance(AccessTokenLease.Length);

        var newest = await quick.GetAsync(null, Ct);
        gate.Open();
        await Assert.ThrowsAsync<ApiException>(() => first);

        Assert.Equal("access-3", newest.Value);
        Assert.Equal(newest, await slow.GetAsync(null, Ct));
        Assert.Equal(newest, await bench.Store.ReadAsync(Ct));
        Assert.Equal(2, bench.Issuer.Requests.Count);
    }

    [Fact]
    public async Task A_slow_process_stores_what_it_got_where_nobody_got_anything_after_it()
    {
        await using var bench = await TokenBench.StartAsync();
        var (slow, quick, old) = await bench.ExpiredAsync();
        var gate = new Gate();
        bench.Issuer.OnTheWay = _ => gate.PassAsync();
        var first = slow.GetAsync(null, Ct).AsTask();
        await gate.Reached;
        bench.Issuer.OnTheWay = _ => Task.CompletedTask;
        bench.Time.Advance(AccessTokenLease.Length);

        // The slow one has used up the refresh token, and only it knows the next.
        Assert.Equal(ErrorCode.AuthenticationFailed, (await Assert.ThrowsAsync<ApiException>(() => quick.GetAsync(old, Ct).AsTask())).Code);
        gate.Open();
        await Assert.ThrowsAsync<ApiException>(() => first);
        var renewed = await slow.GetAsync(null, Ct);

        bench.Time.Advance(AccessTokens.RefusalPause);
        Assert.Equal(renewed, await quick.GetAsync(null, Ct));
        Assert.Equal(["refresh-1", "refresh-1"], bench.Issuer.Requests);
    }

    [Fact]
    public async Task A_refusal_does_not_count_where_a_slow_process_has_stored_meanwhile()
    {
        await using var bench = await TokenBench.StartAsync();
        var (slow, quick, _) = await bench.ExpiredAsync();
        var (answered, asked) = (new Gate(), new Gate());
        bench.Issuer.OnTheWay = _ => answered.PassAsync();
        var first = slow.GetAsync(null, Ct).AsTask();
        await answered.Reached;
        bench.Issuer.Before = _ => asked.PassAsync();
        bench.Time.Advance(AccessTokenLease.Length);
        var second = quick.GetAsync(null, Ct).AsTask();
        await asked.Reached;

        answered.Open();
        await Assert.ThrowsAsync<ApiException>(() => first);
        var stored = await slow.GetAsync(null, Ct);
        asked.Open();

        Assert.Equal(stored, await second);
        bench.AssertNothingLeaked();
    }

    [Fact]
    public async Task A_lease_that_cannot_be_given_back_costs_only_a_line_in_the_log()
    {
        await using var bench = await TokenBench.StartAsync();
        bench.TableProbe.BeforeWrite = write => write == 2 ? throw new CrashException() : Task.CompletedTask;

        Assert.Equal("access-1", (await bench.Process().GetAsync(null, Ct)).Value);

        Assert.Contains(TokenBench.ConnectionId, Assert.Single(bench.Log.Lines), StringComparison.Ordinal);
        Assert.Null(await bench.Store.TryLeaseAsync(Ct));
    }

    [Fact]
    public async Task Disconnecting_while_a_token_is_under_way_leaves_nothing_behind()
    {
        await using var bench = await TokenBench.StartAsync();
        var gate = new Gate();
        bench.Issuer.OnTheWay = _ => gate.PassAsync();
        var call = bench.Process().GetAsync(null, Ct).AsTask();
        await gate.Reached;

        await bench.Vault.DeleteAsync(ConnectedSystems.SecretName(TokenBench.ConnectionId), Ct);
        await bench.Tokens.DeleteAsync(TokenBench.ConnectionId, Ct);
        gate.Open();
        await call;

        Assert.Null(await bench.Store.ReadAsync(Ct));
        Assert.NotNull(await bench.Store.TryLeaseAsync(Ct));
    }

    [Fact]
    public async Task A_token_belongs_to_the_credentials_that_it_was_obtained_with()
    {
        await using var bench = await TokenBench.StartAsync();
        await bench.Process().GetAsync(null, Ct);

        Assert.Null(await bench.Tokens.Of(TokenBench.ConnectionId, TokenBench.SecretName, """{"clientSecret":"new"}""").ReadAsync(Ct));
        Assert.Null(await bench.Tokens.Of("connection-2", TokenBench.SecretName, TokenBench.Credentials).ReadAsync(Ct));
    }

    private static Task<AccessToken[]> Calls(AccessTokens tokens) =>
        Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => tokens.GetAsync(null, Ct).AsTask())));
}
