using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Millwright.LocalHost.Hosting;

/// <summary>Says what runs where, once it does.</summary>
internal sealed class StartupReport(
    FunctionSet functions, IServer server, IHostApplicationLifetime lifetime, ILoggerFactory loggers) : IHostedService
{
    private const string Category = "Host.Startup";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        var logger = loggers.CreateLogger(Category);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var kinds = functions.All.CountBy(f => f.Trigger.Type).Select(k => $"{k.Value} {k.Key}");
        logger.LogInformation("Listening on {Addresses} with {Functions}.", string.Join(", ", addresses), string.Join(", ", kinds));
        foreach (var function in functions.All)
        {
            logger.LogDebug("{Function}: {Trigger}", function.Name, function.Trigger);
        }
    }
}
