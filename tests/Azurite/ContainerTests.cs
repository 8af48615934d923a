using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Core.Storage;
using Millwright.OnAzure;

namespace Millwright.OnAzurite;

public sealed class ContainerTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddAzureBlobs(new AzureBlobsOptions(azurite.ConnectionString, Container: "c" + RandomNumberGenerator.GetHexString(20, lowercase: true)))
        .BuildServiceProvider();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IBlobs Blobs => _services.GetRequiredService<IBlobs>();

    [Fact]
    public async Task A_container_that_does_not_exist_holds_no_blobs()
    {
        Assert.Null(await Blobs.GetAsync("a", Cancel));
        Assert.False(await Blobs.DeleteAsync("a", Cancel));
    }

    [Fact]
    public async Task First_blobs_at_once_make_one_container()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Blobs.PutAsync($"b{i}", new[] { (byte)i }, Cancel)));
        Assert.Equal([7], await Blobs.GetAsync("b7", Cancel));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
