using Millwright.Core.Connections;
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
    private Login? _login;
    private ApiException? _refusal;
    private long _refusedAt;

    /// <summary>The session in use, or a new one where there is none or where it is the one that the server no longer takes.</summary>
    /// <param name="rejected">The session that the server answered 401 to; null on a first try.</param>
    /// <param name="cancellationToken">Gives up waiting; the login goes on for the others.</param>
    public async Task<TrytonSession> GetAsync(TrytonSession? rejected, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (login, isOwn) = Join(rejected);
            try
            {
                return await login.Session.WaitAsync(cancellationToken);
            }
            catch (ApiException) when (login.IsRefusedByMeter && !isOwn)
            {
                // The meter of the caller that began this login would not have it. It says nothing to this one, who begins its own.
            }
        }
    }

    private (Login Login, bool IsOwn) Join(TrytonSession? rejected)
    {
        lock (_lock)
        {
            if (_login is not null && !NeedsLogin(_login.Session, rejected))
            {
                return (_login, false);
            }

            if (_refusal is not null && time.GetElapsedTime(_refusedAt) < RefusalMemory)
            {
                throw new ApiException(_refusal.Code, _refusal.Message, _refusal) { RetryAfter = _refusal.RetryAfter };
            }

            _login = new Login();
            _login.Session = LoginAsync(_login);
            return (_login, true);
        }
    }

    // A failed login is tried again by the next caller; a running one is shared.
    private static bool NeedsLogin(Task<TrytonSession> session, TrytonSession? rejected) =>
        session.IsCompletedSuccessfully ? ReferenceEquals(session.Result, rejected) : session.IsCompleted;

    private async Task<TrytonSession> LoginAsync(Login own)
    {
        // Off the lock, and not bound to the caller that happened to come first: the client's total timeout bounds it.
        await Task.Yield();
        using var watch = UpstreamMeter.Watch(() => own.IsRefusedByMeter = true);
        try
        {
            var session = await login(CancellationToken.None);
            Remember(null);
            return session;
        }
        catch (ApiException e)
        {
            Remember(e.Code == ErrorCode.AuthenticationFailed && !own.IsRefusedByMeter ? e : null);
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

    /// <summary>One login, counted by the meter of the caller that began it.</summary>
    private sealed class Login
    {
        public Task<TrytonSession> Session { get; set; } = null!;

        public bool IsRefusedByMeter { get; set; }
    }
}
