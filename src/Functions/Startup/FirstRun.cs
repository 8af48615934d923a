using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Functions.Http;
using Millwright.Sandbox;

namespace Millwright.Functions.Startup;

/// <summary>Sees to it that there is an application to authenticate as, and tells a newcomer what to do next.</summary>
/// <remarks>Writes to the console and not to the log, because a new client secret is shown once.</remarks>
internal sealed class FirstRun(
    Applications applications, IConfiguration configuration, IHostEnvironment environment, IEnumerable<SandboxService> sandbox,
    TextWriter console, TimeProvider time, ILogger<FirstRun> logger)
    : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var service in sandbox)
        {
            logger.LogInformation("The Sandbox ERP listens on {Address}", service.BaseAddress);
        }

        while (true)
        {
            try
            {
                await RegisterAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (Failure.Of(e).Code == ErrorCode.ServiceUnavailable)
            {
                logger.LogWarning(e, "The storage cannot be reached yet; trying again");
                await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
    }

    private async Task RegisterAsync(CancellationToken stoppingToken)
    {
        if (configuration["Application:ClientId"] is { Length: > 0 } id && configuration["Application:ClientSecret"] is { Length: > 0 } secret)
        {
            await applications.RegisterAsync("Configured application", id, secret, stoppingToken);
        }
        else if (environment.IsDevelopment() && await applications.NoneAsync(stoppingToken))
        {
            var (application, newSecret) = await applications.RegisterAsync("First application", stoppingToken);
            await console.WriteLineAsync(
                $"""

                Millwright's first run. Your application's credentials, shown only this once; paste them into your shell:

                  export CLIENT_ID={application.Id}
                  export CLIENT_SECRET={newSecret}

                Next: README.md, "First steps". The API reference is at /docs.

                """);
        }
    }
}
