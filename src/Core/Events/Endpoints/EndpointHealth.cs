using Microsoft.Extensions.Logging;
using Millwright.Core.Identity;

namespace Millwright.Core.Events.Endpoints;

/// <summary>Keeps in mind since when an endpoint has only failed, and disables one that is gone or has failed for days.</summary>
public sealed class EndpointHealth(EndpointStore endpoints, EndpointCache cache, IEventLog events, TimeProvider time, ILogger<EndpointHealth> logger)
{
    /// <summary>How long an endpoint may fail without a success between.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>The endpoint took an event.</summary>
    public async Task SucceededAsync(EventEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.FailingSince is not null)
        {
            await ReplaceAsync(endpoint, e => Task.FromResult(e.FailingSince is null ? null : e with { FailingSince = null }), cancellationToken);
        }
    }

    /// <summary>The endpoint did not take an event.</summary>
    /// <param name="endpoint">As it was when it was tried.</param>
    /// <param name="gone">Whether it said that it is gone for good.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    public Task FailedAsync(EventEndpoint endpoint, bool gone, CancellationToken cancellationToken) => ReplaceAsync(
        endpoint,
        async e =>
        {
            var now = time.GetUtcNow();
            if (gone || now - e.FailingSince >= Patience)
            {
                return await DisableAsync(e, gone ? "It answered 410 Gone." : $"Every delivery to it failed for {Patience.Days} days.", now);
            }

            return e.FailingSince is null ? e with { FailingSince = now } : null;
        },
        cancellationToken);

    // The event first: one that is appended twice is one, and an endpoint that is disabled without one would be lost silently.
    private async Task<EventEndpoint> DisableAsync(EventEndpoint endpoint, string reason, DateTimeOffset now)
    {
        var id = SecretHash.Of($"{EventType.EndpointDisabled}\n{endpoint.Id}\n{endpoint.UpdatedAt.UtcTicks}")[..32];
        var json = EventJson.Of(id, EventType.EndpointDisabled, now, EndpointData.Of(endpoint, reason));
        await events.AppendAsync(new FeedEvent(id, EventType.EndpointDisabled, now, endpoint.ApplicationId, null, json), CancellationToken.None);
        logger.LogWarning("Endpoint {EndpointId} is disabled: {Reason}", endpoint.Id, reason);
        return endpoint with { Settings = endpoint.Settings with { Enabled = false }, DisabledBecause = reason, UpdatedAt = now };
    }

    // Done once it holds, whoever made it so; an endpoint that was changed meanwhile was not the one that was tried.
    private async Task ReplaceAsync(EventEndpoint endpoint, Func<EventEndpoint, Task<EventEndpoint?>> change, CancellationToken cancellationToken)
    {
        for (EventEndpoint? current = endpoint;
             current is { Settings.Enabled: true } && current.Settings.Url == endpoint.Settings.Url;
             current = await endpoints.FindAsync(endpoint.ApplicationId, endpoint.Id, cancellationToken))
        {
            if (await change(current) is not { } changed)
            {
                return;
            }

            if (await endpoints.TryReplaceAsync(changed, cancellationToken))
            {
                cache.Forget(endpoint.ApplicationId);
                return;
            }
        }
    }
}
