using Millwright.Core.Entities;

namespace Millwright.Core.Connections;

/// <summary>
/// A client for one customer's system, used by many calls at once. It keeps the connection's own limits: timeouts, retries, circuit
/// breaker, calls in flight. Every failure is an <see cref="Errors.ApiException"/>.
/// </summary>
public interface IConnectedSystem : IAsyncDisposable
{
    /// <summary>Proves the credentials against the live system with one cheap call.</summary>
    /// <exception cref="Errors.ApiException"><c>AUTHENTICATION_FAILED</c>, or what kept the system from answering.</exception>
    Task ProveAsync(CancellationToken cancellationToken);

    /// <summary>Does one operation. What the connector does not offer was refused before.</summary>
    /// <exception cref="Errors.ApiException">
    /// What the system answered, as a code. <see cref="Errors.ApiException.OutcomeUnknown"/> tells whether a write may have happened all the same.
    /// </exception>
    Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken);

    /// <summary>The record that was created with this reference, or null where the system has none.</summary>
    /// <param name="entity">An entity whose <see cref="EntityCapability.HasReference"/> holds.</param>
    /// <param name="reference">What <see cref="EntityRequest.Reference"/> was.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken);

    /// <summary>Reads a page of a walk over an entity's records.</summary>
    /// <exception cref="Errors.ApiException">
    /// What the system answered; <c>INVALID_CURSOR</c> where it no longer takes the position, so that the walk has to begin again.
    /// </exception>
    Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken);
}
