using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Endpoints;

/// <summary>Makes an application's endpoints, changes them and takes them away again.</summary>
public sealed class EndpointService(
    EndpointStore endpoints, EndpointCache cache, EndpointChecks checks, EndpointSecrets secrets, Ids ids, TimeProvider time, ILogger<EndpointService> logger)
{
    /// <summary>Endpoints of one application. Two made at the same moment may exceed it by one.</summary>
    public const int MaxEndpoints = 50;

    /// <summary>Makes an endpoint.</summary>
    /// <returns>The endpoint and its signing secret, which can be seen only now.</returns>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> names every field that is wrong; <c>CONFLICT</c>: it has as many as it may.</exception>
    public async Task<(EventEndpoint Endpoint, string Secret)> CreateAsync(
        string applicationId, EndpointSettings settings, CancellationToken cancellationToken)
    {
        await checks.CheckAsync(applicationId, settings, EndpointSettings.Default, cancellationToken);
        if (await endpoints.ListAsync(applicationId, cancellationToken).CountAsync(cancellationToken) >= MaxEndpoints)
        {
            throw new ApiException(ErrorCode.Conflict, $"An application has at most {MaxEndpoints} endpoints. Delete one first.");
        }

        // Begun is ended, even if the caller goes: a secret without its endpoint could never be deleted.
        var id = ids.New();
        var (stored, secret) = await secrets.MakeAsync(id);
        var endpoint = new EventEndpoint(id, applicationId, settings, time.GetUtcNow()) { Secrets = [stored] };
        await endpoints.AddAsync(endpoint, CancellationToken.None);
        cache.Forget(applicationId);
        logger.LogInformation("Made endpoint {EndpointId}", id);
        return (endpoint, secret);
    }

    /// <summary>The endpoint.</summary>
    /// <exception cref="ApiException"><c>ENDPOINT_NOT_FOUND</c>.</exception>
    public async Task<EventEndpoint> GetAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        (id.Length <= TableLimits.KeyLength / 8 ? await endpoints.FindAsync(applicationId, id, cancellationToken) : null)
        ?? throw new ApiException(ErrorCode.EndpointNotFound, "There is no webhook endpoint with this id.");

    /// <summary>The application's endpoints, the oldest first.</summary>
    public IAsyncEnumerable<EventEndpoint> ListAsync(string applicationId, CancellationToken cancellationToken) =>
        endpoints.ListAsync(applicationId, cancellationToken);

    /// <summary>Changes what the application chose. What Millwright knows of failures is forgotten: the endpoint gets a new chance.</summary>
    /// <returns>The endpoint as it is then.</returns>
    /// <exception cref="ApiException"><c>ENDPOINT_NOT_FOUND</c>; <c>VALIDATION_FAILED</c> names every field that is wrong.</exception>
    public Task<EventEndpoint> UpdateAsync(
        string applicationId, string id, Func<EndpointSettings, EndpointSettings> change, CancellationToken cancellationToken) =>
        ReplaceAsync(
            applicationId,
            id,
            async endpoint =>
            {
                var settings = change(endpoint.Settings);
                await checks.CheckAsync(applicationId, settings, endpoint.Settings, cancellationToken);
                return endpoint with { Settings = settings, FailingSince = null, DisabledBecause = settings.Enabled ? null : endpoint.DisabledBecause };
            },
            cancellationToken);

    /// <summary>Makes a new signing secret. The one before it signs beside it for <see cref="EndpointSecrets.Overlap"/>.</summary>
    /// <returns>The endpoint as it is then, and the secret, which can be seen only now.</returns>
    /// <exception cref="ApiException"><c>ENDPOINT_NOT_FOUND</c>.</exception>
    public async Task<(EventEndpoint Endpoint, string Secret)> RotateSecretAsync(string applicationId, string id, CancellationToken cancellationToken)
    {
        await GetAsync(applicationId, id, cancellationToken);
        var (stored, secret) = await secrets.MakeAsync(id);
        IReadOnlyList<EndpointSecret> ended = [];
        EventEndpoint rotated;
        try
        {
            rotated = await ReplaceAsync(applicationId, id, Rotate, CancellationToken.None);
        }
        catch (ApiException)
        {
            // Deleted meanwhile, without the new secret, which nobody else knows of.
            await secrets.DeleteAsync([stored]);
            throw;
        }

        await secrets.DeleteAsync(ended);
        logger.LogInformation("Rotated the secret of endpoint {EndpointId}", id);
        return (rotated, secret);

        Task<EventEndpoint> Rotate(EventEndpoint endpoint)
        {
            var kept = secrets.Rotated(endpoint.Secrets, stored);
            ended = [.. endpoint.Secrets.ExceptBy(kept.Select(s => s.Name), s => s.Name)];
            return Task.FromResult(endpoint with { Secrets = kept });
        }
    }

    /// <summary>Deletes the secrets, then the endpoint. What is on its way to it is dropped.</summary>
    /// <exception cref="ApiException"><c>ENDPOINT_NOT_FOUND</c>.</exception>
    public async Task DeleteAsync(string applicationId, string id, CancellationToken cancellationToken)
    {
        var endpoint = await GetAsync(applicationId, id, cancellationToken);
        await secrets.DeleteAsync(endpoint.Secrets);
        await endpoints.DeleteAsync(applicationId, id, CancellationToken.None);
        cache.Forget(applicationId);
        logger.LogInformation("Deleted endpoint {EndpointId}", id);
    }

    private async Task<EventEndpoint> ReplaceAsync(
        string applicationId, string id, Func<EventEndpoint, Task<EventEndpoint>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = await change(await GetAsync(applicationId, id, cancellationToken)) with { UpdatedAt = time.GetUtcNow() };
            if (await endpoints.TryReplaceAsync(changed, cancellationToken))
            {
                cache.Forget(applicationId);
                return changed;
            }
        }
    }
}
