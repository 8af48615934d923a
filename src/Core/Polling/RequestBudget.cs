using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>
/// Keeps the polls of a connection within its requests per minute: in any minute, over processes and crashes. Requests are set aside in
/// portions, stored before they are made, so that storage is not asked for each.
/// </summary>
/// <param name="store">Where portions are kept.</param>
/// <param name="connectionId">The connection.</param>
/// <param name="known">What was taken lately.</param>
/// <param name="perMinute">The most in any minute; at least 1.</param>
/// <param name="time">The clock.</param>
public sealed class RequestBudget(SyncStore store, string connectionId, BudgetState known, int perMinute, TimeProvider time) : IDisposable
{
    /// <summary>How long the requests of a portion may be made after it was taken.</summary>
    public static readonly TimeSpan PortionLife = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private BudgetState _known = known;
    private BudgetPortion _portion = new(DateTimeOffset.MinValue, 0);

    /// <summary>When there will be requests again; null while there are.</summary>
    public DateTimeOffset? SpentUntil { get; private set; }

    /// <summary>Requests made.</summary>
    public int Made { get; private set; }

    /// <summary>What kept the budget from being asked, beside its being spent: our own storage, or another poll. Clients that count by it may hide it.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Takes one request.</summary>
    /// <exception cref="ApiException"><c>RATE_LIMIT_EXCEEDED</c>: there is none left; <see cref="SpentUntil"/> says until when.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_portion.Requests == 0 || now >= _portion.At + PortionLife)
            {
                _portion = await SetAsideAsync(now, cancellationToken);
            }

            _portion = _portion with { Requests = _portion.Requests - 1 };
            Made++;
            PollMetrics.Requested();
        }
        catch (Exception e) when (e is not ApiException and not OperationCanceledException)
        {
            Fault = e;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives back what was set aside and not used, at the end of a poll. After a crash it is lost.</summary>
    public async Task ReturnUnusedAsync(CancellationToken cancellationToken)
    {
        var unused = _portion.Requests;
        _portion = _portion with { Requests = 0 };
        if (unused > 0)
        {
            var last = _known.Taken[^1];
            _known = await store.TryStoreAsync(connectionId, _known with { Taken = [.. _known.Taken.SkipLast(1), last with { Requests = last.Requests - unused }] }, cancellationToken)
                ?? throw new SyncConflictException();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The next portion. Pure.</summary>
    /// <param name="taken">The portions taken before.</param>
    /// <param name="perMinute">The most requests in any minute.</param>
    /// <param name="now">The time.</param>
    /// <returns>The portion, or when to ask again, and the portions that still count.</returns>
    /// <remarks>
    /// A request made at a time t is in a portion taken after t less its life. Whatever minute is looked at, the portions that reach into it were
    /// taken within a minute and one life, and those add up to no more than the budget.
    /// </remarks>
    internal static (BudgetPortion? Portion, DateTimeOffset AskAgain, IReadOnlyList<BudgetPortion> Counting) Next(
        IReadOnlyList<BudgetPortion> taken, int perMinute, DateTimeOffset now)
    {
        BudgetPortion[] counting = [.. taken.Where(p => p.At + Minute + PortionLife > now)];
        var left = perMinute - counting.Sum(p => p.Requests);
        return left > 0
            ? (new BudgetPortion(now, Math.Min(left, Math.Max(1, perMinute / 6))), now, counting)
            : (null, counting[0].At + Minute + PortionLife, counting);
    }

    private async Task<BudgetPortion> SetAsideAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (portion, askAgain, counting) = Next(_known.Taken, perMinute, now);
        if (portion is null)
        {
            SpentUntil = askAgain;
            throw new ApiException(ErrorCode.RateLimitExceeded, "The connection's requests per minute are spent.") { RetryAfter = askAgain - now };
        }

        // Somebody else took of it: a poll whose lock was lost. It goes on from what it knows, and this one ends.
        _known = await store.TryStoreAsync(connectionId, _known with { Taken = [.. counting, portion] }, cancellationToken)
            ?? throw new SyncConflictException();
        return portion;
    }
}
