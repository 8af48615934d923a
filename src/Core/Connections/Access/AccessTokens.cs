using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Access;

/// <summary>
/// The access token that all calls of a connection's client share. It is replaced before it ends, while calls go on with the old one, by one
/// request however many calls and processes need it. Calls wait only where there is no token that the system takes.
/// </summary>
/// <remarks>
/// A refresh token that works once is lost where the process ends between the system's answer and the storing of it, or where the answer
/// does not arrive. Nothing but connecting anew helps then.
/// </remarks>
/// <param name="store">Where the token is kept.</param>
/// <param name="issue">Asks for a token.</param>
/// <param name="time">The clock of lifetimes, pauses and waiting.</param>
/// <param name="logger">Told of failures; never a token.</param>
public sealed class AccessTokens(IAccessTokenStore store, IssueAccessToken issue, TimeProvider time, ILogger logger)
{
    /// <summary>The longest time that asking for a token takes.</summary>
    public static readonly TimeSpan IssueTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that a call waits for a token.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How often it is looked whether another process that replaces the token has done so.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long nobody asks again after the system refused to issue a token.</summary>
    public static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody asks again after another failure.</summary>
    public static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private AccessToken? _token;
    private bool _isRejected;
    private Task<AccessToken>? _renewal;
    private DateTimeOffset _retryAt;
    private (AccessToken? Stored, AccessToken Issued)? _unstored;

    /// <summary>The token to call with.</summary>
    /// <param name="rejected">The one that the system answered 401 to; null on a first try.</param>
    /// <param name="cancellationToken">Gives up waiting; the renewal goes on for the others.</param>
    /// <exception cref="ApiException">
    /// <c>AUTHENTICATION_FAILED</c>: the system refuses to issue a token, or refuses one that it has just issued; <c>SOURCE_UNAVAILABLE</c>: it
    /// takes too long; or what kept the system from answering.
    /// </exception>
    public async ValueTask<AccessToken> GetAsync(AccessToken? rejected, CancellationToken cancellationToken)
    {
        Task<AccessToken> renewal;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (rejected is not null && rejected.Value == _token?.Value)
            {
                if (rejected.IsYoungAt(now))
                {
                    throw new ApiException(ErrorCode.AuthenticationFailed, "The connected system refuses the access token that it has just issued.");
                }

                _isRejected = true;
            }

            renewal = _token is { } token && token.IsValidAt(now) && !_isRejected ? WhileValid(token, now) : Renewal(now);
        }

        try
        {
            return await renewal.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException e) when (!renewal.IsCompleted)
        {
            throw new ApiException(ErrorCode.SourceUnavailable, "A new access token for the connected system is still awaited.", e) { RetryAfter = FailurePause };
        }
    }

    private Task<AccessToken> WhileValid(AccessToken token, DateTimeOffset now)
    {
        if (token.IsDueAt(now))
        {
            // Not waited for; what goes wrong is logged, and matters to a caller only when the token has ended.
            _ = Renewal(now);
        }

        return Task.FromResult(token);
    }

    // A renewal under way is shared; one that failed answers all who ask until its pause is over.
    private Task<AccessToken> Renewal(DateTimeOffset now)
    {
        if (_renewal is null || _renewal.IsCompletedSuccessfully || (_renewal.IsCompleted && now >= _retryAt))
        {
            _renewal = RenewAsync(_token);
        }

        return _renewal;
    }

    private async Task<AccessToken> RenewAsync(AccessToken? held)
    {
        // Off the lock, and not bound to the caller that happened to come first.
        await Task.Yield();
        using var alone = UpstreamMeter.Suppress();
        try
        {
            var token = await ReplaceAsync(held);
            lock (_lock)
            {
                (_token, _isRejected) = (token, false);
            }

            return token;
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _retryAt = time.GetUtcNow() + (IsRefusal(e) ? RefusalPause : FailurePause);
            }

            logger.LogWarning(e, "No new access token for {ConnectionId}", store.Owner);
            throw;
        }
    }

    private async Task<AccessToken> ReplaceAsync(AccessToken? held)
    {
        while (true)
        {
            if (await OtherThanAsync(held) is { } another)
            {
                return another;
            }

            await using var lease = await store.TryLeaseAsync(CancellationToken.None);
            if (lease is not null)
            {
                return await ReplaceAsync(held, lease);
            }

            await Task.Delay(PollInterval, time);
        }
    }

    private async Task<AccessToken> ReplaceAsync(AccessToken? held, IAccessTokenLease lease)
    {
        // Whoever had the lease before may have been done just now.
        var stored = await store.ReadAsync(CancellationToken.None);
        if (IsOther(stored, held))
        {
            return stored!;
        }

        // What could not be stored the last time is the system's latest token all the same.
        var latest = _unstored is { } left && left.Stored == stored ? left.Issued : stored;
        if (!IsOther(latest, held))
        {
            try
            {
                latest = await IssueAsync(latest);
            }
            catch (ApiException e) when (IsRefusal(e))
            {
                // The refresh token may have been used up by someone whose lease ran out, and who has stored what came of it only now.
                if (await OtherThanAsync(held) is { } late)
                {
                    return late;
                }

                throw;
            }
        }

        // From here on the new refresh token is nowhere but in this memory: nothing comes between that need not.
        _unstored = (stored, latest!);
        if (lease.HasRunOut && await OtherThanAsync(held) is { } newer)
        {
            _unstored = null;
            return newer;
        }

        await store.WriteAsync(latest!, CancellationToken.None);
        _unstored = null;
        return latest!;
    }

    private async Task<AccessToken> IssueAsync(AccessToken? latest)
    {
        using var timeout = new CancellationTokenSource(IssueTimeout, time);
        try
        {
            return await issue(latest, timeout.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new ApiException(ErrorCode.SourceTimeout, "The connected system did not issue an access token in time.", e);
        }
    }

    private async Task<AccessToken?> OtherThanAsync(AccessToken? held) =>
        await store.ReadAsync(CancellationToken.None) is { } stored && IsOther(stored, held) ? stored : null;

    private bool IsOther(AccessToken? token, AccessToken? held) => token is not null && token.Value != held?.Value && token.IsValidAt(time.GetUtcNow());

    private static bool IsRefusal(Exception exception) => exception is ApiException { Code: var code } && code == ErrorCode.AuthenticationFailed;
}
