using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Errors;
using Millwright.Core.Idempotency;
using Millwright.Core.Identity;

namespace Millwright.Core.Tests.Idempotency;

public sealed class IdempotentWritesTests : IAsyncDisposable
{
    private static readonly WriteIntent Intent = new("connection-1", "key-1", "fingerprint-1");

    private readonly DomainStore _domain = new();
    private readonly List<string> _system = [];

    [Fact]
    public async Task The_first_request_writes_and_a_repeat_gets_its_recorded_answer()
    {
        var writes = Process();

        var first = await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);
        var second = await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Single(_system);
        Assert.False(first.Replayed);
        Assert.True(second.Replayed);
        Assert.Equal(first.Data.ToArray(), second.Data.ToArray());
    }

    [Fact]
    public async Task An_answer_larger_than_a_row_is_recorded_too()
    {
        var large = new byte[200_000];
        var writes = Process();

        await writes.OnceAsync(Intent, new FixedWrite(large), TestContext.Current.CancellationToken);
        var second = await writes.OnceAsync(Intent, new FixedWrite([]), TestContext.Current.CancellationToken);

        Assert.Equal(large, second.Data.ToArray());
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var writes = Process();
        await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        var error = await FailAsync(() => writes.OnceAsync(Intent with { Fingerprint = "another" }, new ScriptedWrite(_system), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.IdempotencyKeyReused, error.Code);
        Assert.Single(_system);
    }

    [Fact]
    public async Task The_same_key_on_another_connection_is_another_write()
    {
        var writes = Process();
        await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);
        await writes.OnceAsync(Intent with { ConnectionId = "connection-2" }, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Equal(2, _system.Distinct().Count());
    }

    [Fact]
    public async Task A_repeat_while_the_first_request_runs_is_told_to_wait()
    {
        var writes = Process();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = writes.OnceAsync(
            Intent,
            new ScriptedWrite(_system)
            {
                BeforeWrite = () =>
                {
                    reached.SetResult();
                    return release.Task;
                },
            },
            TestContext.Current.CancellationToken);
        await reached.Task;

        var error = await FailAsync(() => writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken));
        release.SetResult();
        await first;

        Assert.Equal(ErrorCode.IdempotencyInProgress, error.Code);
        Assert.NotNull(error.RetryAfter);
        Assert.Single(_system);
    }

    [Fact]
    public async Task A_failure_that_wrote_nothing_frees_the_key()
    {
        var writes = Process();
        await FailAsync(() => writes.OnceAsync(Intent, Failing(new ApiException(ErrorCode.SourceRejected, "No.")), TestContext.Current.CancellationToken));

        await writes.OnceAsync(Intent with { Fingerprint = "corrected" }, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Single(_system);
    }

    [Fact]
    public async Task A_lost_answer_is_found_in_the_same_request()
    {
        var write = new ScriptedWrite(_system) { AfterWrite = () => throw Lost() };

        var result = await Process().OnceAsync(Intent, write, TestContext.Current.CancellationToken);

        Assert.Contains(Assert.Single(_system), System.Text.Encoding.UTF8.GetString(result.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_crash_the_record_is_found_instead_of_made_again()
    {
        var reached = new TaskCompletionSource();
        var crashed = Process().OnceAsync(Intent, new ScriptedWrite(_system) { AfterWrite = EndingAt(reached) }, TestContext.Current.CancellationToken);
        await reached.Task;

        await Process().OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Single(_system);
        Assert.False(crashed.IsCompleted);
    }

    [Fact]
    public async Task After_a_crash_before_the_write_it_waits_for_the_lease_and_then_writes_once()
    {
        var reached = new TaskCompletionSource();
        var crashed = Process().OnceAsync(Intent, new ScriptedWrite(_system) { BeforeWrite = EndingAt(reached) }, TestContext.Current.CancellationToken);
        await reached.Task;
        var writes = Process();

        var error = await FailAsync(() => writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCode.IdempotencyInProgress, error.Code);
        Assert.Empty(_system);

        _domain.Time.Advance(IdempotentWrites.Lease);
        await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Single(_system);
        Assert.False(crashed.IsCompleted);
    }

    [Fact]
    public async Task A_lost_answer_that_cannot_be_looked_up_says_so_and_the_next_try_finds_the_record()
    {
        var writes = Process();
        var error = await FailAsync(() => writes.OnceAsync(
            Intent, new ScriptedWrite(_system) { AfterWrite = () => throw Lost(), BeforeFind = () => throw Lost() }, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCode.OutcomeUnknown, error.Code);

        await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Single(_system);
    }

    [Fact]
    public async Task An_unexpected_exception_counts_as_a_lost_answer()
    {
        var write = new ScriptedWrite(_system) { AfterWrite = () => throw new InvalidOperationException("A bug of ours after the write.") };

        await Process().OnceAsync(Intent, write, TestContext.Current.CancellationToken);

        Assert.Single(_system);
        Assert.Equal(1, write.Finds);
    }

    [Fact]
    public async Task Without_a_reference_a_create_whose_answer_was_lost_is_never_repeated()
    {
        var writes = Process();
        await FailAsync(() => writes.OnceAsync(Intent, Unfindable(AfterLoss), TestContext.Current.CancellationToken));
        _domain.Time.Advance(IdempotentWrites.Lease);

        var error = await FailAsync(() => writes.OnceAsync(Intent, Unfindable(null), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.OutcomeUnknown, error.Code);
        Assert.Single(_system);
    }

    [Fact]
    public async Task A_write_that_sets_a_state_is_repeated_after_its_lease()
    {
        var writes = Process();
        await FailAsync(() => writes.OnceAsync(
            Intent, new ScriptedWrite(_system) { Repeatable = true, Findable = false, AfterWrite = AfterLoss }, TestContext.Current.CancellationToken));
        _domain.Time.Advance(IdempotentWrites.Lease);

        await writes.OnceAsync(Intent, new ScriptedWrite(_system) { Repeatable = true, Findable = false }, TestContext.Current.CancellationToken);

        Assert.Equal(2, _system.Count);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_its_retention_and_swept()
    {
        var writes = Process();
        await writes.OnceAsync(Intent, new FixedWrite(new byte[200_000]), TestContext.Current.CancellationToken);
        Assert.Equal(0, await writes.SweepAsync(TestContext.Current.CancellationToken));

        _domain.Time.Advance(IdempotentWrites.Retention);

        Assert.Equal(1, await writes.SweepAsync(TestContext.Current.CancellationToken));
        Assert.False((await writes.OnceAsync(Intent with { Fingerprint = "another" }, new FixedWrite([]), TestContext.Current.CancellationToken)).Replayed);
    }

    [Fact]
    public async Task An_expired_key_that_was_not_swept_yet_is_free()
    {
        var writes = Process();
        await writes.OnceAsync(Intent, new ScriptedWrite(_system), TestContext.Current.CancellationToken);
        _domain.Time.Advance(IdempotentWrites.Retention);

        var result = await writes.OnceAsync(Intent with { Fingerprint = "another" }, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.False(result.Replayed);
    }

    [Fact]
    public async Task An_expired_key_that_is_used_again_leaves_no_answer_behind()
    {
        var writes = Process();
        await writes.OnceAsync(Intent, new FixedWrite(new byte[200_000]), TestContext.Current.CancellationToken);
        _domain.Time.Advance(IdempotentWrites.Retention);

        await writes.OnceAsync(Intent, new FixedWrite([]), TestContext.Current.CancellationToken);

        var blob = $"idempotency/{SecretHash.Of($"{Intent.ConnectionId}\n{Intent.Key}")}";
        Assert.Null(await _domain.Store.Blobs.GetAsync(blob, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_written_is_answered_even_if_it_cannot_be_recorded()
    {
        var large = new byte[200_000];
        var writes = new IdempotentWrites(_domain.Store.Tables, new BrokenBlobs(), _domain.Ids, _domain.Time, NullLogger<IdempotentWrites>.Instance);

        var result = await writes.OnceAsync(Intent, new FixedWrite(large), TestContext.Current.CancellationToken);

        Assert.Equal(large, result.Data.ToArray());
    }

    [Fact]
    public async Task An_unknown_outcome_says_under_which_key_to_ask_again()
    {
        var error = await FailAsync(() => Process().OnceAsync(Intent, Unfindable(AfterLoss), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.OutcomeUnknown, error.Code);
        Assert.Equal(Intent.Key, error.IdempotencyKey);
    }

    [Fact]
    public async Task A_look_up_that_fails_unexpectedly_leaves_the_outcome_unknown()
    {
        var write = new ScriptedWrite(_system) { AfterWrite = AfterLoss, BeforeFind = () => throw new InvalidOperationException("A bug of ours.") };

        var error = await FailAsync(() => Process().OnceAsync(Intent, write, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.OutcomeUnknown, error.Code);
    }

    [Fact]
    public async Task References_are_short_and_plain()
    {
        await Process().OnceAsync(Intent with { Key = new string('k', 255) }, new ScriptedWrite(_system), TestContext.Current.CancellationToken);

        Assert.Matches("^[a-z0-9-]{1,32}$", Assert.Single(_system));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    // Comes this far and no further.
    private static Func<Task> EndingAt(TaskCompletionSource reached) => () =>
    {
        reached.SetResult();
        return new TaskCompletionSource().Task;
    };

    private static Task AfterLoss() => throw Lost();

    private static ApiException Lost() => new(ErrorCode.SourceTimeout, "No answer came.") { OutcomeUnknown = true };

    private static async Task<ApiException> FailAsync(Func<Task> act) => await Assert.ThrowsAsync<ApiException>(act);

    /// <summary>Each one stands for a process of its own on the same storage.</summary>
    private IdempotentWrites Process() =>
        new(_domain.Store.Tables, _domain.Store.Blobs, _domain.Ids, _domain.Time, NullLogger<IdempotentWrites>.Instance);

    private ScriptedWrite Failing(Exception exception) => new(_system) { BeforeWrite = () => throw exception };

    private ScriptedWrite Unfindable(Func<Task>? afterWrite) => new(_system) { Findable = false, AfterWrite = afterWrite };
}
