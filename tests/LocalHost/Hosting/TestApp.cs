using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Hosting;

namespace Millwright.LocalHost.Tests.Hosting;

/// <summary>A function app of a few classes, run for real on a free port, with a clock that the test moves.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("localhost-tests").FullName;
    private readonly Type[] _classes;
    private IHost? _host;
    private HttpClient? _client;

    public TestApp(params Type[] classes) => _classes = classes;

    public string HostJson { get; init; } = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } }, "logging": { "logLevel": { "Microsoft": "Warning" } } }""";

    public string? LocalSettings { get; init; }

    public string[] Args { get; init; } = ["--port", "0"];

    public SignallingTimeProvider Time { get; } = new();

    public Probe Probe { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public IHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public HttpClient Client => _client ??= new HttpClient { BaseAddress = TestAddress.Of(Host) };

    public FunctionsApplicationBuilder CreateBuilder()
    {
        File.WriteAllText(Path.Combine(_directory, "host.json"), HostJson);
        if (LocalSettings is not null)
        {
            File.WriteAllText(Path.Combine(_directory, "local.settings.json"), LocalSettings);
        }

        var builder = new FunctionsApplicationBuilder(Args, new AppSource(typeof(TestApp).Assembly.GetName().Name!, _classes, _directory));
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton(Probe);
        builder.Logging.AddProvider(Logs);
        return builder;
    }

    /// <summary>Builds with ASP.NET Core integration and whatever the test adds, and starts.</summary>
    public async Task<TestApp> StartAsync(Action<FunctionsApplicationBuilder>? configure = null)
    {
        var builder = CreateBuilder();
        builder.ConfigureFunctionsWebApplication();
        configure?.Invoke(builder);
        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>The message with which the app refuses to start. The app is of no use afterwards.</summary>
    public string StartupError()
    {
        try
        {
            return Assert.ThrowsAny<Exception>(() =>
            {
                var builder = CreateBuilder();
                builder.ConfigureFunctionsWebApplication();
                using var host = builder.Build();
            }).Message;
        }
        finally
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync(TestContext.Current.CancellationToken);
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
