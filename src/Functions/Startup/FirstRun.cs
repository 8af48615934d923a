using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Millwright.Core.Identity;

namespace Millwright.Functions.Startup;

/// <summary>Sees to it that there is an application to authenticate as, and tells a newcomer what to do next.</summary>
/// <remarks>Writes to the console and not to the log, because a new client secret is shown once.</remarks>
internal sealed class FirstRun(Applications applications, IConfiguration configuration, IHostEnvironment environment, TextWriter console) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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
