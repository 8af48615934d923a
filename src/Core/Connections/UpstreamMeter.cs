namespace Millwright.Core.Connections;

/// <summary>
/// Tells who makes calls to connected systems of every request that these lead to, before it is sent: repetitions, pages and logins
/// included, which only the protocols know of. It can hold a request back, or refuse it by an exception.
/// </summary>
public static class UpstreamMeter
{
    private static readonly AsyncLocal<Meter?> Current = new();

    /// <summary>Makes all calls tell that come after this in the caller's flow, before whoever they tell already.</summary>
    /// <param name="beforeRequest">Called before each request; may be called by several at once.</param>
    /// <param name="onRefused">
    /// Called when the system has refused the credentials, before the next request of the connection gets its turn; in the flow around the caller's.
    /// Null to learn of it from the call only.
    /// </param>
    /// <returns>Disposed, it ends.</returns>
    public static IDisposable Use(Func<CancellationToken, ValueTask> beforeRequest, Action? onRefused = null)
    {
        var outer = Current.Value;
        return Set(new Meter(outer is null ? beforeRequest : BothAsync, onRefused, outer));

        async ValueTask BothAsync(CancellationToken cancellationToken)
        {
            await beforeRequest(cancellationToken);
            await outer.BeforeRequest(cancellationToken);
        }
    }

    /// <summary>For clients that do one caller's request on behalf of others too, such as a shared login: tells whether it failed only because of that caller.</summary>
    /// <param name="onRefusal">Called when the caller's meter, if it has one, refuses a request in this flow by an exception.</param>
    /// <returns>Disposed, it ends.</returns>
    public static IDisposable Watch(Action onRefusal)
    {
        var outer = Current.Value;
        return Set(new Meter(WatchedAsync, null, outer));

        async ValueTask WatchedAsync(CancellationToken cancellationToken)
        {
            try
            {
                await (outer?.BeforeRequest(cancellationToken) ?? ValueTask.CompletedTask);
            }
            catch
            {
                onRefusal();
                throw;
            }
        }
    }

    /// <summary>For clients that do what is nobody's own, such as replacing a token that all calls share: no caller is told of it, and none can refuse it to the others.</summary>
    /// <returns>Disposed, it ends.</returns>
    public static IDisposable Suppress() => Set(null);

    /// <summary>For clients: a request is about to be sent.</summary>
    public static ValueTask BeforeRequestAsync(CancellationToken cancellationToken) => Current.Value?.BeforeRequest(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>For clients: the system has refused the credentials, and has not only ended a session or token that can be replaced.</summary>
    public static void Refused()
    {
        for (var meter = Current.Value; meter is not null; meter = meter.Outer)
        {
            using (Set(meter.Outer))
            {
                meter.OnRefused?.Invoke();
            }
        }
    }

    private static Scope Set(Meter? meter)
    {
        var scope = new Scope(Current.Value);
        Current.Value = meter;
        return scope;
    }

    private sealed record Meter(Func<CancellationToken, ValueTask> BeforeRequest, Action? OnRefused, Meter? Outer);

    private sealed class Scope(Meter? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
