using System.Collections.Concurrent;

namespace Millwright.Core.Events.Endpoints;

/// <summary>The endpoints of the applications that events came up for lately, so that a burst of events reads them once.</summary>
/// <remarks>
/// What another process changed is seen after <see cref="Lifetime"/>; what this one changed at once, if it says so with <see cref="Forget"/>.
/// Only whether an event is sent is decided by it: the endpoint is read anew for each try.
/// </remarks>
public sealed class EndpointCache(EndpointStore store, TimeProvider time)
{
    /// <summary>How long what was read is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>The most applications held; beyond it all are read anew.</summary>
    internal const int Capacity = 1000;

    private readonly ConcurrentDictionary<string, (long ReadAt, IReadOnlyList<EventEndpoint> Endpoints)> _read = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>The application's endpoints, the disabled ones included.</summary>
    public async Task<IReadOnlyList<EventEndpoint>> OfAsync(string applicationId, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(applicationId, out var known) && time.GetElapsedTime(known.ReadAt) < Lifetime)
        {
            return known.Endpoints;
        }

        var changes = Interlocked.Read(ref _changes);
        var readAt = time.GetTimestamp();
        var endpoints = await store.ListAsync(applicationId, cancellationToken).ToListAsync(cancellationToken);

        // What was changed while it was read may have been read in part.
        if (changes == Interlocked.Read(ref _changes))
        {
            if (_read.Count >= Capacity)
            {
                _read.Clear();
            }

            _read[applicationId] = (readAt, endpoints);
        }

        return endpoints;
    }

    /// <summary>The application's endpoints were changed.</summary>
    public void Forget(string applicationId)
    {
        Interlocked.Increment(ref _changes);
        _read.TryRemove(applicationId, out _);
    }
}
