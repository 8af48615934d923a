using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Millwright.Sandbox;

/// <summary>Adds the Sandbox ERP to a host.</summary>
public static class SandboxServiceCollectionExtensions
{
    /// <summary>Runs a sandbox with the host; its <see cref="SandboxService"/> tells where it listens.</summary>
    /// <remarks>Where the options name no logger factory, the host's own takes its failures.</remarks>
    public static IServiceCollection AddSandbox(this IServiceCollection services, SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new SandboxService(
            options.LoggerFactory is NullLoggerFactory && provider.GetService<ILoggerFactory>() is { } factory
                ? options with { LoggerFactory = factory }
                : options));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SandboxService>());
    }
}
