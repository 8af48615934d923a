using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Telemetry;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Polling;

/// <summary>Polls a connection: the entities that are due, as far as a poll's time and the connection's budget go; then sets when it is due next.</summary>
public sealed class PollWorker(
    SyncStore store, DueIndex index, EntityPoll poll, SyncFailures failures, IConnectorCatalogue connectors, ConnectedSystems systems,
    WebhookSubscriptions subscriptions, EntityModel model, Ids ids, TimeProvider time, ILogger<PollWorker> logger)
{
    /// <summary>How long one poll goes on before it leaves the rest to the next; with the longest call it stays within a function's five minutes.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan NoConnectorPause = TimeSpan.FromHours(1);

    /// <summary>Processes a message of <see cref="PollQueue"/>. Doing it again, after a crash, goes on where it was.</summary>
    /// <param name="message">Its body.</param>
    /// <param name="cancellationToken">The host stops; the message is delivered again.</param>
    /// <remarks>An exception means that the message has to be delivered again: our own storage failed, or we did.</remarks>
    public async Task ProcessAsync(string message, CancellationToken cancellationToken)
    {
        var asked = PollMessage.FromJson(message);
        var requestId = ids.New();
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["RequestId"] = requestId, ["ConnectionId"] = asked.ConnectionId });
        using var activity = MillwrightTelemetry.Activities.StartActivity("poll connection", ActivityKind.Consumer);
        var overview = await store.ReadAsync(asked.ConnectionId, cancellationToken);

        // Polled before its time, it would come up at that time for nothing.
        var early = overview?.Connection.DueAt > time.GetUtcNow() ? overview.Connection.DueAt : null;
        if (overview is not null)
        {
            try
            {
                await PollIfDueAsync(overview, requestId, cancellationToken);
            }
            catch (SyncConflictException e)
            {
                logger.LogInformation(e, "Left the poll to another one of the same connection");
            }
        }

        var next = await SetNextAsync(asked, cancellationToken);
        if (early is { } due && due != next)
        {
            await index.RemoveAsync(asked.ConnectionId, due, cancellationToken);
        }
    }

    // A connection that is gone, or not polled any more, leaves the index here.
    private async Task<DateTimeOffset?> SetNextAsync(PollMessage asked, CancellationToken cancellationToken)
    {
        var sync = await store.FindAsync(asked.ConnectionId, cancellationToken);
        if (sync is null)
        {
            // What a poll kept while the connection went.
            await store.DeleteAsync(asked.ConnectionId, cancellationToken);
        }

        DateTimeOffset? next = null;
        if (sync is { Settings.Enabled: true } && NextOf(sync) is { } due)
        {
            // The queue would take what came up at the same time once more for a duplicate.
            next = due > asked.AskedAt ? due : asked.AskedAt.AddTicks(1);
            await index.AddAsync(asked.ConnectionId, next.Value, cancellationToken);
        }

        if (next != asked.Watch)
        {
            await index.RemoveAsync(asked.ConnectionId, asked.Watch, cancellationToken);
        }

        return next;
    }

    private static DateTimeOffset? NextOf(ConnectionSync sync)
    {
        var next = sync.Requests.Count > 0 ? DateTimeOffset.MinValue : sync.DueAt;
        return sync.BackOffUntil > next ? sync.BackOffUntil : next;
    }

    private async Task PollIfDueAsync(SyncOverview overview, string requestId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!IsDue(overview.Connection, now))
        {
            return;
        }

        await TakeRequestsAsync(overview, cancellationToken);
        var sync = overview.Connection;
        using var budget = new RequestBudget(store, sync.ConnectionId, overview.Budget, sync.Settings.RequestsPerMinute, time);
        var outcome = await PollAsync(overview, budget, requestId, cancellationToken);
        await budget.ReturnUnusedAsync(cancellationToken);
        await store.UpdateAsync(
            sync.ConnectionId,
            known => known with { DueAt = outcome.DueAt, BackOffUntil = outcome.BackOffUntil, BackOffs = outcome.BackOffUntil is null ? 0 : sync.BackOffs + 1 },
            cancellationToken);
    }

    private static bool IsDue(ConnectionSync sync, DateTimeOffset now) =>
        sync.Settings.Enabled && !(sync.BackOffUntil > now) && (sync.DueAt <= now || sync.Requests.Count > 0);

    // Each entity remembers what was asked of it before the request goes, so that a crash loses none.
    private async Task TakeRequestsAsync(SyncOverview overview, CancellationToken cancellationToken)
    {
        var requests = overview.Connection.Requests;
        if (requests.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var entity in Polled(overview.Connection).Select(e => e.Name))
        {
            var concerning = requests.Where(r => r.Concerns(entity)).ToList();
            if (concerning.Count == 0)
            {
                continue;
            }

            var known = overview.Entities.GetValueOrDefault(entity) ?? new EntitySync(entity);
            var asked = known with
            {
                DueAt = now,
                IsAwaited = known.IsAwaited || concerning.Exists(r => r.Announced),
                CompareDueAt = concerning.Exists(r => r.Compare) ? now : CompareDueAt(known, overview.Connection.Settings),
                AcceptsDeletions = known.AcceptsDeletions || concerning.Exists(r => r.AcceptDeletions),
            };
            overview.Entities[entity] = await store.StoreAsync(overview.Connection.ConnectionId, asked, cancellationToken);
        }

        // Those that came meanwhile stay for the next poll.
        overview.Connection = await store.UpdateAsync(
            overview.Connection.ConnectionId, known => known with { Requests = [.. known.Requests.Skip(requests.Count)] }, cancellationToken)
            ?? throw new SyncConflictException();
    }

    // The interval may have become a shorter one.
    private static DateTimeOffset? CompareDueAt(EntitySync known, SyncSettings settings) =>
        (known.ComparedAt ?? known.BeganAt) + settings.CompareInterval is { } due && due < known.CompareDueAt ? due : known.CompareDueAt;

    private IReadOnlyList<EntityType> Polled(ConnectionSync sync) => connectors.Find(sync.Provider) is { } connector
        ? [.. PolledEntities.Of(connector.Platform, sync.Settings).Select(name => model.Find(name)!)]
        : [];

    private async Task<(DateTimeOffset? DueAt, DateTimeOffset? BackOffUntil)> PollAsync(
        SyncOverview overview, RequestBudget budget, string requestId, CancellationToken cancellationToken)
    {
        var sync = overview.Connection;
        IConnectedSystem system;
        try
        {
            system = await systems.GetAsync(sync.Identity, cancellationToken);
        }
        catch (ApiException e)
        {
            logger.LogWarning(e, "The connection cannot be polled: {Message}", e.Message);
            return (e.Code.Owner == ErrorOwner.Credential ? null : time.GetUtcNow() + NoConnectorPause, null);
        }

        var webhooks = await subscriptions.FindAsync(sync.ConnectionId, cancellationToken) is not null;
        var context = new PollContext(sync, system, webhooks, time.GetUtcNow() + Slice, requestId);
        var platform = connectors.Find(sync.Provider)!.Platform;
        var runs = Polled(sync).Select(e => new EntityRun(context, e, platform.Entities[e.Name], overview.Entities.GetValueOrDefault(e.Name) ?? new EntitySync(e.Name))
        {
            WebhookAt = webhooks && overview.WebhooksAt.TryGetValue(e.Name, out var at) ? at : null,
        }).ToList();

        // What failed comes first: whether a system is back that did not answer is found out with one request, at growing pauses.
        runs = [.. runs.OrderByDescending(r => r.Sync.Failures).ThenBy(r => r.DueAt)];

        using var meter = UpstreamMeter.Use(budget.TakeAsync);
        var obstacle = await RunAsync(runs, budget, cancellationToken);
        Log(runs, budget);
        return obstacle ?? (NextDue(runs), null);
    }

    // Changes of all entities come before the comparison of any, which may be long.
    private async Task<(DateTimeOffset? DueAt, DateTimeOffset? BackOffUntil)?> RunAsync(
        IReadOnlyList<EntityRun> runs, RequestBudget budget, CancellationToken cancellationToken)
    {
        foreach (var comparing in new[] { false, true })
        {
            foreach (var run in runs.Where(r => !r.HasFailed))
            {
                if (time.GetUtcNow() >= run.Poll.Until)
                {
                    return null;
                }

                try
                {
                    await (comparing ? poll.CompareAsync(run, cancellationToken) : poll.ReadChangesAsync(run, cancellationToken));
                }
                catch (ApiException) when (budget.Fault is { } fault)
                {
                    ExceptionDispatchInfo.Throw(fault);
                }
                catch (ApiException) when (budget.SpentUntil is { } until)
                {
                    return (until, null);
                }
                catch (ApiException e)
                {
                    if (await failures.RecordAsync(run, comparing, e, cancellationToken) is { } end)
                    {
                        return end;
                    }
                }
            }
        }

        return null;
    }

    private DateTimeOffset? NextDue(List<EntityRun> runs)
    {
        if (runs.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var due = runs.Min(r => r.DueAt);
        return due > now ? due : now;
    }

    private void Log(IReadOnlyList<EntityRun> runs, RequestBudget budget)
    {
        var counts = runs.Aggregate(SyncCounts.None, (sum, run) => sum + run.Counts);
        logger.LogInformation(
            "Polled with {Requests} requests: {Read} records read, {Changed} changed, {Deleted} gone", budget.Made, counts.Read, counts.Changed, counts.Deleted);
    }
}
