using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Idempotency;

/// <summary>A blob store that is down.</summary>
internal sealed class BrokenBlobs : IBlobs
{
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw Down();

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => throw Down();

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => throw Down();

    private static IOException Down() => new("The store is down.");
}
