using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public async Task The_command_line_is_above_the_environment_and_that_above_local_settings()
    {
        Environment.SetEnvironmentVariable("LocalHostTests__Two", "environment");
        Environment.SetEnvironmentVariable("LocalHostTests__Three", "environment");
        await using var app = await new TestApp(typeof(SettingsFunctions))
        {
            LocalSettings = """
                {
                  "IsEncrypted": false, // as Core Tools writes it
                  "Values": { "LocalHostTests__One": "file", "LocalHostTests:Two": "file", "LocalHostTests__Three": "file" },
                  "ConnectionStrings": { "Db": "connection" },
                }
                """,
            Args = ["--port", "0", "--LocalHostTests:Three", "arguments"],
        }.StartAsync();
        Assert.Equal("file", await app.Client.GetStringAsync("setting/LocalHostTests:One"));
        Assert.Equal("environment", await app.Client.GetStringAsync("setting/LocalHostTests:Two"));
        Assert.Equal("arguments", await app.Client.GetStringAsync("setting/LocalHostTests:Three"));
        Assert.Equal("connection", await app.Client.GetStringAsync("setting/ConnectionStrings:Db"));
    }

    [Theory]
    [InlineData(null, "Development")]
    [InlineData("""{ "Values": { "AZURE_FUNCTIONS_ENVIRONMENT": "Staging" } }""", "Staging")]
    public async Task The_environment_is_Development_unless_said_otherwise(string? settings, string expected)
    {
        await using var app = await new TestApp(typeof(SettingsFunctions)) { LocalSettings = settings }.StartAsync();
        Assert.Equal(expected, await app.Client.GetStringAsync("environment"));
    }

    [Fact]
    public async Task The_host_listens_on_the_port_of_local_settings()
    {
        var port = FreePort();
        await using var app = await new TestApp(typeof(SettingsFunctions))
        {
            Args = [],
            LocalSettings = $$"""{ "Host": { "LocalHttpPort": {{port}} } }""",
        }.StartAsync();
        Assert.Equal(port, app.Client.BaseAddress!.Port);
        Assert.True(app.Client.BaseAddress.IsLoopback);
    }

    [Theory]
    [InlineData("--port", "7300", "http://localhost:7300")]
    [InlineData("--urls", "http://127.0.0.1:7301", "http://127.0.0.1:7301")]
    [InlineData("--other", "1", "http://localhost:7302")]
    [InlineData(null, null, "http://localhost:7071")]
    public void The_port_argument_is_above_urls_and_that_above_local_settings(string? name, string? value, string expected)
    {
        var directory = Directory.CreateTempSubdirectory().FullName;
        if (name is not null)
        {
            File.WriteAllText(Path.Combine(directory, "local.settings.json"), """{ "Host": { "LocalHttpPort": 7302 } }""");
        }

        string[] args = name is null ? [] : [name, value!];
        var errors = new StartupErrors();
        var address = new ListenAddress(args, LocalSettings.Read(directory, errors), errors);
        Assert.Equal(expected, address.Urls(new ConfigurationBuilder().AddCommandLine(args).Build()));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Host_json_that_is_silent_means_the_Functions_hosts_defaults()
    {
        var settings = HostSettings.From(new ConfigurationBuilder().Build(), new StartupErrors());
        Assert.Equal(
            new HostSettings
            {
                RoutePrefix = "api",
                FunctionTimeout = null,
                ServiceBus = new ServiceBusSettings(true, 16, 8, TimeSpan.FromMinutes(5)),
            },
            settings);
    }

    [Fact]
    public async Task Log_levels_are_those_of_host_json()
    {
        await using var app = await new TestApp(typeof(SettingsFunctions))
        {
            HostJson = """{ "logging": { "logLevel": { "default": "Warning", "Host.Startup": "Debug" } } }""",
        }.StartAsync();
        Assert.All(app.Logs.Entries, e => Assert.True(e.Level >= LogLevel.Warning || e.Category == "Host.Startup"));
        Assert.Contains(app.Logs.Entries, e => e is { Category: "Host.Startup", Level: LogLevel.Debug });
    }

    [Fact]
    public async Task An_app_without_files_starts()
    {
        var directory = Directory.CreateTempSubdirectory().FullName;
        var builder = new Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder(
            ["--port", "0"], new AppSource(typeof(SettingsTests).Assembly.GetName().Name!, [], directory));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = TestAddress.Of(host) };
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/anything")).StatusCode);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Directory.Delete(directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
