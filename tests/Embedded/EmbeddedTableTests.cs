using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.Embedded.Tests;

public sealed class EmbeddedTableTests(EmbeddedTableTests.Fixture fixture) : TableConformance, IClassFixture<EmbeddedTableTests.Fixture>
{
    protected override ITableStore Store => fixture.Store.Store.Tables;

    public sealed class Fixture : IAsyncDisposable
    {
        public TemporaryStore Store { get; } = new();

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }
}
