using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Storage;

namespace Millwright.Embedded;

/// <summary>Registers the embedded storage.</summary>
public static class EmbeddedStorageExtensions
{
    /// <summary>
    /// Registers <see cref="ITableStore"/>, <see cref="IBlobs"/>, <see cref="IVault"/>, <see cref="IQueueSender"/> and
    /// <see cref="IQueueReceiver"/> on one <see cref="EmbeddedStore"/>, which opens when the first of them is resolved and closes with the
    /// container, which must be disposed asynchronously. The system's clock and random numbers are used unless others are registered.
    /// </summary>
    public static IServiceCollection AddEmbeddedStorage(this IServiceCollection services, EmbeddedOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton(provider => EmbeddedStore.Open(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RandomNumberGenerator>(),
            provider.GetService<ILogger<EmbeddedStore>>() ?? NullLogger<EmbeddedStore>.Instance));
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Tables);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Blobs);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Vault);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Sender);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Receiver);
        return services;
    }
}
