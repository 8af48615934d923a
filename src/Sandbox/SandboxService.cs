using Microsoft.Extensions.Hosting;

namespace Millwright.Sandbox;

/// <summary>Runs a <see cref="SandboxServer"/> as long as the host around it.</summary>
public sealed class SandboxService : IHostedService
{
    private readonly SandboxOptions _options;
    private SandboxServer? _server;

    internal SandboxService(SandboxOptions options) => _options = options;

    /// <summary>Where it listens.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public Uri BaseAddress => _server?.BaseAddress ?? throw new InvalidOperationException("The sandbox is not running.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) => _server = await SandboxServer.StartAsync(_options, cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }
}
