using Microsoft.Extensions.DependencyInjection;
using Millwright.Core.Storage;
using Millwright.OnAzure;
using Millwright.Testing.Node;

[assembly: AssemblyFixture(typeof(Millwright.OnAzurite.AzuriteFixture))]

namespace Millwright.OnAzurite;

/// <summary>One Azurite for all tests, and the ports on it, registered as an application registers them.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;
    private ServiceProvider? _services;

    /// <summary>The connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The tables.</summary>
    public ITableStore Tables => _services!.GetRequiredService<ITableStore>();

    /// <summary>The blobs.</summary>
    public IBlobs Blobs => _services!.GetRequiredService<IBlobs>();

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync(await NodeFolder.InstallAsync("azurite"));
        ConnectionString = await _azurite.ConnectionStringAsync();
        _services = new ServiceCollection()
            .AddAzureTables(new AzureTablesOptions(ConnectionString))
            .AddAzureBlobs(new AzureBlobsOptions(ConnectionString))
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
