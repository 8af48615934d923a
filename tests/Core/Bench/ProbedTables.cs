using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Bench;

/// <summary>Tables under a probe.</summary>
internal sealed class ProbedTables(ITableStore inner, Probe probe) : ITableStore
{
    public ITable Table(string name) => new ProbedTable(inner.Table(name), probe);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => probe.Read(inner.ListAsync(prefix, cancellationToken));

    public Task DropAsync(string name, CancellationToken cancellationToken) => probe.WriteAsync(() => inner.DropAsync(name, cancellationToken));
}
