using Millwright.Core.Connections;
using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>What applications see of the polling of their connections, and what they can change.</summary>
public sealed class SyncService(SyncStore store, PollScheduler scheduler, SeenKeys seen, IConnectorCatalogue connectors, PollingOptions options, TimeProvider time)
{
    private const int MostWaiting = 20;

    private static readonly SyncRequest Quietly = new(null, Compare: false, AcceptDeletions: false) { Announced = false };

    /// <summary>Begins to poll a new connection.</summary>
    public async Task BeginAsync(Connection connection, CancellationToken cancellationToken)
    {
        var sync = new ConnectionSync(connection.Id, connection.ApplicationId, connection.Provider)
        {
            Settings = new SyncSettings { Enabled = options.ByDefault },
            DueAt = time.GetUtcNow(),
        };
        await store.TryStoreAsync(sync, cancellationToken);
        await PollAsync(sync, cancellationToken);
    }

    /// <summary>Ends the polling of a connection. What is under way stops at its next page.</summary>
    public async Task EndAsync(string connectionId, CancellationToken cancellationToken)
    {
        var overview = await store.ReadAsync(connectionId, cancellationToken);
        await store.DeleteAsync(connectionId, cancellationToken);
        foreach (var entity in overview?.Entities.Values ?? Enumerable.Empty<EntitySync>())
        {
            await seen.ForgetAsync(connectionId, entity.Entity, entity.Comparison?.Pages ?? 0, cancellationToken);
        }
    }

    /// <summary>How the connection's sync stands; null where it was connected before there was polling and has not been configured.</summary>
    public Task<SyncOverview?> ReadAsync(Connection connection, CancellationToken cancellationToken) => store.ReadAsync(connection.Id, cancellationToken);

    /// <summary>What the application chose; off where it never did and the connection is not polled.</summary>
    public static SyncSettings SettingsOf(SyncOverview? overview) => overview?.Connection.Settings ?? new SyncSettings { Enabled = false };

    /// <summary>The entities that can be polled.</summary>
    public IReadOnlyList<string> PollableOf(Connection connection) => connectors.Find(connection.Provider) is { } connector ? PolledEntities.Of(connector.Platform) : [];

    /// <summary>The entities that are polled.</summary>
    public IReadOnlyList<string> PolledOf(Connection connection, SyncSettings settings) =>
        connectors.Find(connection.Provider) is { } connector ? PolledEntities.Of(connector.Platform, settings) : [];

    /// <summary>Changes what was chosen, and polls by it at once.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> names every entity that cannot be polled, and intervals that contradict each other.</exception>
    public async Task<SyncSettings> ConfigureAsync(Connection connection, Func<SyncSettings, SyncSettings> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await store.FindAsync(connection.Id, cancellationToken)
                ?? new ConnectionSync(connection.Id, connection.ApplicationId, connection.Provider) { Settings = new SyncSettings { Enabled = false } };
            var settings = Checked(connection, change(known.Settings));

            // A full first sync begins at once, also where there was one that told of nothing.
            var changed = Asking(known with { Settings = settings }, Quietly with { Compare = settings.Start == SyncStart.Full && known.Settings.Start != SyncStart.Full });
            if (await store.TryStoreAsync(changed, cancellationToken) is null)
            {
                continue;
            }

            await PollAsync(changed, cancellationToken);
            return changed.Settings;
        }
    }

    /// <summary>Polls now.</summary>
    /// <exception cref="ApiException">
    /// <c>VALIDATION_FAILED</c>: an entity that is not polled, or polling is off; <c>RATE_LIMIT_EXCEEDED</c>: too many such requests wait.
    /// </exception>
    public async Task RequestAsync(Connection connection, SyncRequest request, CancellationToken cancellationToken)
    {
        var changed = await store.UpdateAsync(connection.Id, sync => Checked(connection, sync, request), cancellationToken) ?? throw Disabled();
        await PollAsync(changed, cancellationToken);
    }

    /// <summary>Goes on polling a connection that was connected again.</summary>
    public async Task ResumeAsync(string connectionId, CancellationToken cancellationToken)
    {
        if (await store.UpdateAsync(connectionId, sync => Asking(sync, Quietly), cancellationToken) is { } changed)
        {
            await PollAsync(changed, cancellationToken);
        }
    }

    // What waits for the next poll by then is enough for it to come.
    private static ConnectionSync Asking(ConnectionSync sync, SyncRequest request) =>
        sync.Requests.Count < MostWaiting ? sync with { Requests = [.. sync.Requests, request] } : sync;

    private async Task PollAsync(ConnectionSync sync, CancellationToken cancellationToken)
    {
        if (sync.Settings.Enabled)
        {
            await scheduler.PollNowAsync(sync.ConnectionId, cancellationToken);
        }
    }

    private ConnectionSync Checked(Connection connection, ConnectionSync sync, SyncRequest request)
    {
        if (!sync.Settings.Enabled)
        {
            throw Disabled();
        }

        RefuseUnknown(request.Entities ?? [], PolledOf(connection, sync.Settings), "is not polled");
        return sync.Requests.Count < MostWaiting
            ? Asking(sync, request)
            : throw new ApiException(ErrorCode.RateLimitExceeded, $"{MostWaiting} requests of this kind wait for the next poll already.") { RetryAfter = TimeSpan.FromMinutes(1) };
    }

    private static ApiException Disabled() =>
        new(ErrorCode.ValidationFailed, "The connection is not polled. Switch it on first: PUT /api/system/connections/{id}/sync with {\"enabled\": true}.");

    private static void RefuseUnknown(IEnumerable<string> entities, IReadOnlyList<string> known, string why)
    {
        ErrorDetail[] problems = [.. entities.Except(known, StringComparer.Ordinal).Select(e => new ErrorDetail(e, $"{why}. There are: {string.Join(", ", known)}."))];
        if (problems.Length > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "Some of these entities cannot be polled.") { Details = problems };
        }
    }

    private SyncSettings Checked(Connection connection, SyncSettings settings)
    {
        RefuseUnknown([.. settings.Entities ?? [], .. settings.Intervals.Keys], PollableOf(connection), "cannot be polled");
        return settings.IntervalWithWebhooks >= settings.Interval
            ? settings
            : throw new ApiException(ErrorCode.ValidationFailed, "The interval while webhooks flow cannot be shorter than the one while they do not.")
            {
                Details = [new ErrorDetail("interval_with_webhooks_seconds", $"At least {settings.Interval.TotalSeconds}.")],
            };
    }
}
