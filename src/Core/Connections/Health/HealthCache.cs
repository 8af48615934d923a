using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Millwright.Core.Connections.Health;

/// <summary>The health of the connections that were called lately, so that a call costs no read.</summary>
/// <remarks>
/// What another process found is seen after <see cref="Lifetime"/>; what this one found, at once. Where it cannot be read again, what was known
/// goes on to hold; where nothing was known, the call fails, as it would for its token.
/// </remarks>
public sealed class HealthCache(ConnectionHealthStore store, TimeProvider time, ILogger<HealthCache> logger)
{
    /// <summary>How long what was read is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>The most connections held; beyond it all are read anew.</summary>
    internal const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The connection's health.</summary>
    public ValueTask<ConnectionHealth> GetAsync(ConnectionIdentity connection, CancellationToken cancellationToken)
    {
        var entry = Live(connection);
        return entry.Health.Value is { IsCompletedSuccessfully: true } read
            ? ValueTask.FromResult(read.Result)
            : new ValueTask<ConnectionHealth>(entry.Health.Value.WaitAsync(cancellationToken));
    }

    /// <summary>The connection's health is this now.</summary>
    internal void Set(ConnectionIdentity connection, ConnectionHealth health) =>
        Keep(connection.Id, new Entry(time.GetTimestamp(), new Lazy<Task<ConnectionHealth>>(Task.FromResult(health))));

    /// <summary>The connection's health is read anew for the next call.</summary>
    internal void Forget(string connectionId) => _entries.TryRemove(connectionId, out _);

    // One read at a time: all who ask meanwhile share it.
    private Entry Live(ConnectionIdentity connection)
    {
        while (true)
        {
            _entries.TryGetValue(connection.Id, out var known);
            if (known is not null && time.GetElapsedTime(known.ReadAt) < Lifetime)
            {
                return known;
            }

            Entry? next = null;
            next = new Entry(time.GetTimestamp(), new Lazy<Task<ConnectionHealth>>(() => ReadAsync(connection, next!, known)));
            if (known is null ? _entries.TryAdd(connection.Id, next) : _entries.TryUpdate(connection.Id, next, known))
            {
                Trim();
                return next;
            }
        }
    }

    private async Task<ConnectionHealth> ReadAsync(ConnectionIdentity connection, Entry entry, Entry? known)
    {
        try
        {
            return await store.GetAsync(connection.ApplicationId, connection.Id, CancellationToken.None);
        }
        catch (Exception e) when (known is { Health: { IsValueCreated: true, Value.IsCompletedSuccessfully: true } })
        {
            logger.LogWarning(e, "The health of connection {ConnectionId} cannot be read; what was known of it goes on to hold", connection.Id);
            return await known.Health.Value;
        }
        catch
        {
            _entries.TryRemove(KeyValuePair.Create(connection.Id, entry));
            throw;
        }
    }

    private void Keep(string connectionId, Entry entry)
    {
        _entries[connectionId] = entry;
        Trim();
    }

    private void Trim()
    {
        if (_entries.Count > Capacity)
        {
            _entries.Clear();
        }
    }

    private sealed class Entry(long readAt, Lazy<Task<ConnectionHealth>> health)
    {
        public long ReadAt { get; } = readAt;

        public Lazy<Task<ConnectionHealth>> Health { get; } = health;
    }
}
