using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Millwright.Connectors;
using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Connections.Health;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities;
using Millwright.Core.Events;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Events.Endpoints;
using Millwright.Core.Idempotency;
using Millwright.Core.Identity;
using Millwright.Core.Outbound;
using Millwright.Core.Polling;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks;
using Millwright.Embedded;
using Millwright.Functions.Docs;
using Millwright.Functions.Entities;
using Millwright.Functions.Http;
using Millwright.Functions.Maintenance;
using Millwright.OnAzure;
using Millwright.Sandbox;

namespace Millwright.Functions.Startup;

/// <summary>Puts the app together.</summary>
internal static class ServiceCollectionExtensions
{
    /// <summary>The queues of this app.</summary>
    private static readonly QueueDefinition[] Queues = [WebhookQueue.Definition, PollQueue.Definition, Deliveries.Queue];

    /// <summary>Registers all that the functions need. Which storage adapters run follows from the configuration: <see cref="StorageSettings"/>.</summary>
    public static IServiceCollection AddMillwright(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(RandomNumberGenerator.Create());
        services.AddSingleton(Console.Out);
        return services
            .AddStorage(new StorageSettings(configuration, environment))
            .AddDomain()
            .AddWebhooks(configuration)
            .AddPolling(configuration)
            .AddEndpoints(configuration, environment)
            .AddConnectors()
            .AddHttp()
            .AddSandboxIfWanted(configuration, environment)
            .AddHostedService<FirstRun>();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings settings)
    {
        services.AddAzureCredential(settings.ManagedIdentityClientId);
        if (settings.Embedded)
        {
            services.AddEmbeddedStorage(new EmbeddedOptions { Path = settings.EmbeddedPath, Queues = Queues });
        }

        // What is registered last wins: a port with an address on Azure leaves the embedded store.
        if (settings.AzureTables)
        {
            services.AddAzureTables(new AzureTablesOptions(settings.TablesConnectionString, settings.TablesServiceUri));
        }

        if (settings.AzureBlobs)
        {
            services.AddAzureBlobs(new AzureBlobsOptions(settings.BlobsConnectionString, settings.BlobsServiceUri));
        }

        if (settings.VaultUri is { } vault)
        {
            services.AddKeyVault(new KeyVaultOptions(vault));
        }

        if (settings.ServiceBusNamespace is { } name)
        {
            services.AddServiceBusSender(new ServiceBusOptions(new Uri($"https://{name}"), Queues));
        }

        return services;
    }

    private static IServiceCollection AddDomain(this IServiceCollection services) => services
        .AddSingleton<Ids>()
        .AddSingleton<Tokens>()
        .AddSingleton<Applications>()
        .AddSingleton<ConnectionStore>()
        .AddSingleton<ConnectionService>()
        .AddSingleton<ConnectedSystems>()
        .AddSingleton<RawAccess>()
        .AddSingleton<ConnectionHealthStore>()
        .AddSingleton<ConnectionHealthService>()
        .AddSingleton<HealthCache>()
        .AddSingleton<Reconnection>()
        .AddSingleton<AccessTokenVault>()
        .AddSingleton<IdempotentWrites>()
        .AddSingleton(EntityModel.Default)
        .AddSingleton<EntityService>();

    /// <summary>Setting <c>Webhooks__MaxAttempts</c>: tries before a webhook that fails by the system's fault is parked.</summary>
    private static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new WebhookOptions(configuration.GetValue<int?>("Webhooks:MaxAttempts") ?? WebhookOptions.DefaultMaxAttempts))
        .AddSingleton<WebhookSubscriptions>()
        .AddSingleton<WebhookReceiver>()
        .AddSingleton<WebhookFallback>()
        .AddSingleton<WebhookProcessor>()
        .AddSingleton<WebhookFailures>()
        .AddSingleton<ProcessedWebhooks>()
        .AddSingleton<RecordObserver>()
        .AddSingleton<RecordStates>()
        .AddSingleton<RecordChanges>()
        .AddSingleton<RetentionOptions>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<EventPublisher>()
        .AddSingleton<IEventLog>(provider => provider.GetRequiredService<EventPublisher>());

    /// <summary>Setting <c>Polling__ByDefault</c>: whether new connections are polled without being told to; true by default.</summary>
    private static IServiceCollection AddPolling(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new PollingOptions(configuration.GetValue<bool?>("Polling:ByDefault") ?? true))
        .AddSingleton<SyncStore>()
        .AddSingleton<SyncService>()
        .AddSingleton<SyncEvents>()
        .AddSingleton<SyncFailures>()
        .AddSingleton<WebhookActivity>()
        .AddSingleton<DueIndex>()
        .AddSingleton<PollScheduler>()
        .AddSingleton<PollWorker>()
        .AddSingleton<EntityPoll>()
        .AddSingleton<PageReader>()
        .AddSingleton<SeenKeys>()
        .AddSingleton<DeletionSearch>();

    /// <summary>
    /// Setting <c>Webhooks__AllowPrivateEndpoints</c>: whether events may be sent to private addresses and over plain http; true in Development,
    /// false elsewhere.
    /// </summary>
    private static IServiceCollection AddEndpoints(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var guard = new OutboundGuard(
            configuration.GetValue<bool?>("Webhooks:AllowPrivateEndpoints") ?? environment.IsDevelopment(), Dns.GetHostAddressesAsync);
        return services
            .AddSingleton(guard)
            .AddSingleton<Jitter>(() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue)
            .AddSingleton<EventTypes>()
            .AddSingleton<SampleEvents>()
            .AddSingleton<EndpointStore>()
            .AddSingleton<EndpointCache>()
            .AddSingleton<EndpointSecrets>()
            .AddSingleton<EndpointChecks>()
            .AddSingleton<EndpointService>()
            .AddSingleton<EndpointHealth>()
            .AddSingleton(provider => new EndpointClient(
                guard.CreateHandler(), guard, provider.GetRequiredService<EndpointSecrets>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<DeliveryLog>()
            .AddSingleton<Deliveries>()
            .AddSingleton<DeliveryWorker>();
    }

    private static IServiceCollection AddHttp(this IServiceCollection services) => services
        .AddSingleton<Caller>()
        .AddSingleton<RouteTable>()
        .AddSingleton<OpenApi>()
        .AddSingleton<EntityEndpoint>();

    /// <summary>Setting <c>Sandbox__Port</c>: where the built-in Sandbox ERP listens; 7072 in Development, off elsewhere.</summary>
    private static IServiceCollection AddSandboxIfWanted(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var port = configuration.GetValue<int?>("Sandbox:Port") ?? (environment.IsDevelopment() ? 7072 : null);
        return port is null
            ? services
            : services.AddSandbox(new SandboxOptions { Port = port.Value, DataPath = configuration["Sandbox:Path"] ?? ".millwright/sandbox.db" });
    }
}
