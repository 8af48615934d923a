using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Millwright.Core.Storage;
using Millwright.OnAzure.Blobs;
using Millwright.OnAzure.Queue;
using Millwright.OnAzure.Tables;
using Millwright.OnAzure.Vault;

namespace Millwright.OnAzure;

/// <summary>Registers the storage ports on Azure. Options are checked here, so that a wrong setting stops the start and not the first call.</summary>
public static class AzureServices
{
    /// <summary>
    /// Registers <see cref="DefaultAzureCredential"/> as the <see cref="TokenCredential"/> that everything reached by a URI uses.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="managedIdentityClientId">The client id of a user-assigned identity; null for the system-assigned one, or a developer's own login.</param>
    public static IServiceCollection AddAzureCredential(this IServiceCollection services, string? managedIdentityClientId = null) =>
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = managedIdentityClientId }));

    /// <summary>Registers <see cref="ITableStore"/> on Azure Table Storage.</summary>
    /// <exception cref="ArgumentException">The options name no place, two places, or one without https.</exception>
    public static IServiceCollection AddAzureTables(this IServiceCollection services, AzureTablesOptions options)
    {
        OptionChecks.OnePlace("Tables", options.ConnectionString, options.ServiceUri);
        return services.AddSingleton<ITableStore>(provider => new AzureTableStore(options.ServiceUri is { } uri
            ? new TableServiceClient(uri, Credential(provider), new TableClientOptions().WithDefaults())
            : new TableServiceClient(options.ConnectionString, new TableClientOptions().WithDefaults())));
    }

    /// <summary>Registers <see cref="IBlobs"/> on Azure Blob Storage.</summary>
    /// <exception cref="ArgumentException">The options name no place, two places, one without https, or an impossible container.</exception>
    public static IServiceCollection AddAzureBlobs(this IServiceCollection services, AzureBlobsOptions options)
    {
        OptionChecks.OnePlace("Blobs", options.ConnectionString, options.ServiceUri);
        OptionChecks.Container(options.Container);
        return services.AddSingleton<IBlobs>(provider =>
        {
            // Pinned: the SDK's newest service version is months ahead of what a released Azurite answers.
            var client = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05).WithDefaults();
            var service = options.ServiceUri is { } uri
                ? new BlobServiceClient(uri, Credential(provider), client)
                : new BlobServiceClient(options.ConnectionString, client);
            return new AzureBlobs(service.GetBlobContainerClient(options.Container));
        });
    }

    /// <summary>Registers <see cref="IVault"/> on Key Vault. Uses the registered <see cref="TimeProvider"/>, or the system's.</summary>
    /// <exception cref="ArgumentException">The vault is not an absolute https URI.</exception>
    public static IServiceCollection AddKeyVault(this IServiceCollection services, KeyVaultOptions options)
    {
        OptionChecks.Https("Key Vault", options.VaultUri);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IVault>(provider => new KeyVaultVault(
            new SecretClient(options.VaultUri, Credential(provider), new SecretClientOptions().WithDefaults()),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Registers <see cref="IQueueSender"/> on the REST endpoint of Service Bus.</summary>
    /// <exception cref="ArgumentException">The endpoint is not an absolute https URI, or no queue is given.</exception>
    /// <exception cref="StorageLimitException">A queue is outside <see cref="QueueLimits"/>.</exception>
    public static IServiceCollection AddServiceBusSender(this IServiceCollection services, ServiceBusOptions options)
    {
        OptionChecks.Https("Service Bus", options.Endpoint);
        OptionChecks.Queues(options.Queues);
        return services.AddSingleton<IQueueSender>(provider => new ServiceBusRestSender(
            ServiceBusPipeline.Build(Credential(provider), new ServiceBusClientOptions { Transport = ServiceBusPipeline.Transport() }.WithDefaults()),
            options.Endpoint,
            options.Queues));
    }

    private static TokenCredential Credential(IServiceProvider provider) =>
        provider.GetService<TokenCredential>() ?? throw new InvalidOperationException(
            $"A service reached by its URI needs a {nameof(TokenCredential)}: call {nameof(AddAzureCredential)}.");
}
