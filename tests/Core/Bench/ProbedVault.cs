using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>A vault under a probe. Knows what was asked for and what was put into it.</summary>
internal sealed class ProbedVault(IVault inner, Probe probe) : IVault
{
    public List<string> Asked { get; } = [];

    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        Asked.Add(name);
        return probe.Read(inner.GetAsync(name, cancellationToken));
    }

    public Task<string?> GetLatestAsync(string name, CancellationToken cancellationToken)
    {
        Asked.Add(name);
        return probe.Read(inner.GetLatestAsync(name, cancellationToken));
    }

    public Task SetAsync(string name, string secret, CancellationToken cancellationToken) => probe.WriteAsync(async () =>
    {
        await inner.SetAsync(name, secret, cancellationToken);
        Names.Add(name);
    });

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => probe.WriteAsync(async () =>
    {
        Names.Remove(name);
        await inner.DeleteAsync(name, cancellationToken);
    });
}
