using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Blobs;

/// <summary>Blobs in one container, which is made when the first blob meets a missing one.</summary>
internal sealed class AzureBlobs(BlobContainerClient container) : IBlobs
{
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        var blob = container.GetBlobClient(name);
        var bytes = new BinaryData(content);
        try
        {
            _ = await blob.UploadAsync(bytes, overwrite: true, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            _ = await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            _ = await blob.UploadAsync(bytes, overwrite: true, cancellationToken);
        }
    }

    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        try
        {
            var download = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return download.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        return await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }
}
