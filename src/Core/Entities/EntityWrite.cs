using Millwright.Core.Connections;
using Millwright.Core.Idempotency;

namespace Millwright.Core.Entities;

/// <summary>A write to a connected system, as something that must happen once.</summary>
internal sealed class EntityWrite(IConnectedSystem system, EntityRequest request, bool hasReference) : IWrite
{
    // Creating makes another record each time; every other operation sets a state.
    private readonly bool _creates = OperationName.IsCreate(request.Operation);

    /// <inheritdoc/>
    public bool Repeatable => !_creates;

    /// <inheritdoc/>
    public bool Findable => request.Operation == OperationName.Create && hasReference;

    // The system's own limits end a call; the caller's going away does not, or a write could be cut in two.

    /// <inheritdoc/>
    public Task<EntityResult> DoAsync(string reference) =>
        system.ExecuteAsync(Findable ? request with { Reference = reference } : request, CancellationToken.None);

    /// <inheritdoc/>
    public Task<EntityResult?> FindAsync(string reference) => system.FindByReferenceAsync(request.Entity, reference, CancellationToken.None);
}
