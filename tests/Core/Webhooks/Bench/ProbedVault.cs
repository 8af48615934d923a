using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>A vault under a probe. Knows what was asked for.</summary>
internal sealed class ProbedVault(IVault inner, Probe probe) : IVault
{
    public List<string> Asked { get; } = [];

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

    public Task SetAsync(string name, string secret, CancellationToken cancellationToken) => probe.WriteAsync(() => inner.SetAsync(name, secret, cancellationToken));

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => probe.WriteAsync(() => inner.DeleteAsync(name, cancellationToken));
}
