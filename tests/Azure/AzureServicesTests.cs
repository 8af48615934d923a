using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests;

public sealed class AzureServicesTests
{
    private static readonly QueueDefinition[] Queues = [new("events")];

    [Fact]
    public void Every_port_is_made_from_its_uri_and_the_registered_credential()
    {
        using var services = Everything().AddSingleton<TokenCredential>(new StaticCredential()).BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<ITableStore>());
        Assert.NotNull(services.GetRequiredService<IBlobs>());
        Assert.NotNull(services.GetRequiredService<IVault>());
        Assert.NotNull(services.GetRequiredService<IQueueSender>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public void The_default_credential_serves_every_port(string? managedIdentityClientId)
    {
        using var services = Everything().AddAzureCredential(managedIdentityClientId).BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<IVault>());
        Assert.NotNull(services.GetRequiredService<TokenCredential>());
    }

    [Fact]
    public void A_missing_credential_is_told()
    {
        using var services = Everything().BuildServiceProvider();
        var failure = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IVault>);
        Assert.Contains(nameof(AzureServices.AddAzureCredential), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_needs_no_credential()
    {
        using var services = new ServiceCollection()
            .AddAzureTables(new AzureTablesOptions("UseDevelopmentStorage=true"))
            .AddAzureBlobs(new AzureBlobsOptions("UseDevelopmentStorage=true"))
            .BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<ITableStore>());
        Assert.NotNull(services.GetRequiredService<IBlobs>());
    }

    public static TheoryData<string?, string?> BadPlaces => new()
    {
        { null, null }, { " ", null }, { "AccountKey=s3cret", "https://account.table.core.windows.net" }, { null, "http://account.table.core.windows.net" },
        { null, "https://account.table.core.windows.net/path" },
    };

    [Theory]
    [MemberData(nameof(BadPlaces))]
    public void A_place_that_is_not_exactly_one_https_service_is_refused(string? connectionString, string? uri)
    {
        var serviceUri = uri is null ? null : new Uri(uri);
        var tables = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAzureTables(new AzureTablesOptions(connectionString, serviceUri)));
        var blobs = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAzureBlobs(new AzureBlobsOptions(connectionString, serviceUri)));
        Assert.DoesNotContain("s3cret", tables.Message + blobs.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("a--b")]
    [InlineData("abc-")]
    public void A_container_that_azure_would_refuse_is_refused(string container) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAzureBlobs(new AzureBlobsOptions("UseDevelopmentStorage=true", null, container)));

    [Fact]
    public void A_vault_without_https_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKeyVault(new KeyVaultOptions(new Uri("http://name.vault.azure.net"))));

    [Fact]
    public void A_service_bus_without_https_is_refused() => Assert.Throws<ArgumentException>(
        () => new ServiceCollection().AddServiceBusSender(new ServiceBusOptions(new Uri("http://name.servicebus.windows.net"), Queues)));

    [Fact]
    public void A_service_bus_without_a_queue_is_refused() => Assert.Throws<ArgumentException>(
        () => new ServiceCollection().AddServiceBusSender(new ServiceBusOptions(new Uri("https://name.servicebus.windows.net"), [])));

    [Fact]
    public void A_queue_outside_its_bounds_is_refused() => Assert.Throws<StorageLimitException>(
        () => new ServiceCollection().AddServiceBusSender(new ServiceBusOptions(new Uri("https://name.servicebus.windows.net"), [new("a/b")])));

    private static IServiceCollection Everything() => new ServiceCollection()
        .AddAzureTables(new AzureTablesOptions(ServiceUri: new Uri("https://account.table.core.windows.net")))
        .AddAzureBlobs(new AzureBlobsOptions(ServiceUri: new Uri("https://account.blob.core.windows.net")))
        .AddKeyVault(new KeyVaultOptions(new Uri("https://name.vault.azure.net")))
        .AddServiceBusSender(new ServiceBusOptions(new Uri("https://name.servicebus.windows.net"), Queues));
}
