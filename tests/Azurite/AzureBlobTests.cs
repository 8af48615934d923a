using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.OnAzurite;

public sealed class AzureBlobTests(AzuriteFixture azurite) : BlobConformance
{
    protected override IBlobs Blobs => azurite.Blobs;
}
