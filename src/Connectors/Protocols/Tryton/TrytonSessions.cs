using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>The one session that all calls of a connection share. However many calls need a new one at once, one login makes it.</summary>
/// <param name="login">Opens a session.</param>
/// <param name="time">The clock of <see cref="RefusalMemory"/>.</param>
internal sealed class TrytonSessions(Func<CancellationToken, Task<TrytonSession>> login, TimeProvider time)
{
    /// <summary>How long refused credentials are not tried again: Tryton locks a user out after a few wrong tries.</summary>
    public static readonly TimeSpan RefusalMemory = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<TrytonSession>? _session;
    private ApiException? _refusal;
    private long _refusedAt;

    /// <summary>The session in use, or a new one where there is none or where it is the one that the server no longer takes.</summary>
    /// <param name="rejected">The session that the server answered 401 to; null on a first try.</param>
    /// <param name="cancellationToken">Gives up waiting; the login goes on for the others.</param>
    public Task<TrytonSession> GetAsync(TrytonSession? rejected, CancellationToken cancellationToken)
    {
        Task<TrytonSession> session;
        lock (_lock)
        {
            if (_session is null || NeedsLogin(_session, rejected))
            {
                if (_refusal is not null && time.GetElapsedTime(_refusedAt) < RefusalMemory)
                {
                    throw new ApiException(_refusal.Code, _refusal.Message, _refusal) { RetryAfter = _refusal.RetryAfter };
                }

                _session = LoginAsync();
            }

            session = _session;
        }

        return session.WaitAsync(cancellationToken);
    }

    // A failed login is tried again by the next caller; a running one is shared.
    private static bool NeedsLogin(Task<TrytonSession> session, TrytonSession? rejected) =>
        session.IsCompletedSuccessfully ? ReferenceEquals(session.Result, rejected) : session.IsCompleted;

    private async Task<TrytonSession> LoginAsync()
    {
        // Off the lock, and not bound to the caller that happened to come first: the client's total timeout bounds it.
        await Task.Yield();
        try
        {
            var session = await login(CancellationToken.None);
            Remember(null);
            return session;
        }
        catch (ApiException e)
        {
            Remember(e.Code == ErrorCode.AuthenticationFailed ? e : null);
            throw;
        }
    }

    private void Remember(ApiException? refusal)
    {
        lock (_lock)
        {
            _refusal = refusal;
            _refusedAt = time.GetTimestamp();
        }
    }
}
