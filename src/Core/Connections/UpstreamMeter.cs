namespace Millwright.Core.Connections;

/// <summary>
/// Tells who makes calls to connected systems of every request that these lead to, before it is sent: repetitions, pages and logins
/// included, which only the protocols know of. It can hold a request back, or refuse it by an exception.
/// </summary>
public static class UpstreamMeter
{
    private static readonly AsyncLocal<Func<CancellationToken, ValueTask>?> Current = new();

    /// <summary>Makes all calls tell that come after this in the caller's flow, before whoever they tell already.</summary>
    /// <param name="beforeRequest">Called before each request; may be called by several at once.</param>
    /// <returns>Disposed, it ends.</returns>
    public static IDisposable Use(Func<CancellationToken, ValueTask> beforeRequest)
    {
        var before = Current.Value;
        return Set(before is null ? beforeRequest : BothAsync);

        async ValueTask BothAsync(CancellationToken cancellationToken)
        {
            await beforeRequest(cancellationToken);
            await before(cancellationToken);
        }
    }

    /// <summary>For clients that do one caller's request on behalf of others too, such as a shared login: tells whether it failed only because of that caller.</summary>
    /// <param name="onRefusal">Called when the caller's meter, if it has one, refuses a request in this flow by an exception.</param>
    /// <returns>Disposed, it ends.</returns>
    public static IDisposable Watch(Action onRefusal)
    {
        var meter = Current.Value;
        return Set(WatchedAsync);

        async ValueTask WatchedAsync(CancellationToken cancellationToken)
        {
            try
            {
                await (meter?.Invoke(cancellationToken) ?? ValueTask.CompletedTask);
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
    public static ValueTask BeforeRequestAsync(CancellationToken cancellationToken) => Current.Value?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;

    private static Scope Set(Func<CancellationToken, ValueTask>? meter)
    {
        var scope = new Scope(Current.Value);
        Current.Value = meter;
        return scope;
    }

    private sealed class Scope(Func<CancellationToken, ValueTask>? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
