using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Connectors;

/// <summary>Registers the connectors.</summary>
public static class ConnectorServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="IConnectorCatalogue"/>. Takes a <see cref="TimeProvider"/> and an <see cref="ILoggerFactory"/> from the services where they have one.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services) =>
        services.AddSingleton<IConnectorCatalogue>(provider => new ConnectorCatalogue(
            DefinitionLoader.LoadAll,
            EntityModel.Default,
            new ConnectorRuntime(
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue,
                provider.GetService<ILoggerFactory>() ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance)));
}
