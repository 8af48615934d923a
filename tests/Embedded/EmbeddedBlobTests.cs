using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.Embedded.Tests;

public sealed class EmbeddedBlobTests : BlobConformance, IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IBlobs Blobs => _store.Store.Blobs;

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
