using Microsoft.Extensions.Time.Testing;
using Millwright.Sandbox.Tests;

[assembly: AssemblyFixture(typeof(SandboxFixture))]

namespace Millwright.Sandbox.Tests;

/// <summary>One server for all tests; each test takes a company of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private static int _keys;
    private SandboxServer? _server;

    /// <summary>The server's clock: it stands still unless a test moves it.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.Zero));

    public Uri BaseAddress => _server!.BaseAddress;

    public async ValueTask InitializeAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = Time }, CancellationToken.None);

    public SandboxClient NewCompany(string prefix = "sandbox-test-") => new(BaseAddress, prefix + Interlocked.Increment(ref _keys));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
