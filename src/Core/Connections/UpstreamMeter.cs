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
        Current.Value = before is null ? beforeRequest : BothAsync;
        return new Scope(before);

        async ValueTask BothAsync(CancellationToken cancellationToken)
        {
            await beforeRequest(cancellationToken);
            await before(cancellationToken);
        }
    }

    /// <summary>For clients: a request is about to be sent.</summary>
    public static ValueTask BeforeRequestAsync(CancellationToken cancellationToken) => Current.Value?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;

    private sealed class Scope(Func<CancellationToken, ValueTask>? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
