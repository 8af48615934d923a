using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.OAuth;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox;

/// <summary>A running Sandbox ERP on the loopback interface. Disposing of it stops it; requests still waiting are cut off.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RecordDatabase _database;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Tenants _tenants;
    private readonly CancellationTokenSource _stopping = new();

    private SandboxServer(SandboxOptions options)
    {
        _database = new RecordDatabase(options.DataPath);
        _tenants = new Tenants(_database, _http, options, _stopping.Token);
        _app = Build(options, _tenants);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress => new(_app.Urls.Single());

    /// <summary>Starts a server; when the task ends it accepts requests.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new SandboxServer(options);
        try
        {
            await server._app.StartAsync(cancellationToken);
            server._tenants.Resume();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _tenants.DisposeAsync();
        _http.Dispose();
        _database.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Built empty, so that neither settings nor log providers of the process around it take effect.</summary>
    private static WebApplication Build(SandboxOptions options, Tenants tenants)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.LargestSize;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        var app = builder.Build();
        app.UseMiddleware<ErrorShield>(options.LoggerFactory.CreateLogger<ErrorShield>());
        app.UseRouting();
        var tokens = new IssuedTokens(options.TimeProvider, options.Random);
        app.UseMiddleware<Gate>(tenants, tokens);
        Api.Map(app, tokens);
        return app;
    }

    /// <summary>Leaves the process's signals to the host around it.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
