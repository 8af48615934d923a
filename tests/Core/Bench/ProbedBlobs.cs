using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>Blobs under a probe. Knows which there are.</summary>
internal sealed class ProbedBlobs(IBlobs inner, Probe probe) : IBlobs
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => probe.WriteAsync(async () =>
    {
        await inner.PutAsync(name, content, cancellationToken);
        Names.Add(name);
    });

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => probe.Read(inner.GetAsync(name, cancellationToken));

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => probe.WriteAsync(async () =>
    {
        Names.Remove(name);
        return await inner.DeleteAsync(name, cancellationToken);
    });
}
