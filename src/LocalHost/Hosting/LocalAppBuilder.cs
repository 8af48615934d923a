using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Http;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Hosting;

/// <summary>Puts a function app and the host that runs it into one ASP.NET Core app.</summary>
internal sealed class LocalAppBuilder
{
    /// <summary>The Functions host takes no larger body, whatever the app's own limit is.</summary>
    private const long LargestBody = 104_857_600;
    private const string EnvironmentVariable = "AZURE_FUNCTIONS_ENVIRONMENT";

    private readonly StartupErrors _errors = new();
    private readonly AppSource _source;
    private readonly LocalSettings _local;
    private readonly ListenAddress _address;

    public LocalAppBuilder(string[] args, AppSource source)
    {
        _source = source;
        _local = LocalSettings.Read(source.Directory, _errors);
        _address = new ListenAddress(args, _local, _errors);
        Web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = source.Name,
            ContentRootPath = source.Directory,
            EnvironmentName = Environment.GetEnvironmentVariable(EnvironmentVariable)
                ?? _local.Values.GetValueOrDefault(EnvironmentVariable)
                ?? Environments.Development,
        });
        Configure(args);
        AddServices();
    }

    public WebApplicationBuilder Web { get; }

    /// <exception cref="InvalidOperationException">The app cannot start; the message lists every reason.</exception>
    public WebApplication Build(InvocationPipeline pipeline)
    {
        var settings = HostSettings.From(Web.Configuration, _errors);
        var catalog = new FunctionCatalog(settings, new SettingNames(Web.Configuration), Web.Services, _errors);
        var functions = new FunctionSet(catalog.Find(_source.Types));
        RouteConflicts.Check(functions.All, _errors);
        _errors.ThrowIfAny();

        Web.WebHost.UseUrls(_address.Urls(Web.Configuration));
        Web.Services.AddSingleton(settings).AddSingleton(functions).AddSingleton(pipeline);
        Web.Services.TryAddSingleton(TimeProvider.System);
        Web.Services.PostConfigure<KestrelServerOptions>(
            k => k.Limits.MaxRequestBodySize = Math.Min(k.Limits.MaxRequestBodySize ?? LargestBody, LargestBody));
        var app = Web.Build();
        app.UseForwardedHeaders();
        if (_local.CorsOrigins.Length > 0)
        {
            app.UseCors();
        }

        app.UseRouting();
        new HttpEndpoints(pipeline, app.Services.GetRequiredService<ILoggerFactory>()).Map(app, functions.All);
        return app;
    }

    private void Configure(string[] args)
    {
        Web.Configuration
            .AddInMemoryCollection(HostSettings.ReadFile(_source.Directory))
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddInMemoryCollection(_local.Values)
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables("AZURE_FUNCTIONS_")
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        Web.Logging
            .AddConfiguration(Web.Configuration.GetSection("Logging"))
            .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>()
            .AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
    }

    private void AddServices()
    {
        var check = Web.Environment.IsDevelopment();
        ((IHostApplicationBuilder)Web).ConfigureContainer(
            new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = check, ValidateOnBuild = check }));
        Web.WebHost.UseKestrelCore();
        Web.Services.AddRouting();
        Web.Services.AddSingleton<MatcherPolicy, VerbPolicy>();
        Web.Services.AddSingleton<FunctionRunner>();
        Web.Services.AddHostedService<TriggerHost>();
        Web.Services.AddHostedService<StartupReport>();
        Web.Services.Configure<HostOptions>(o => o.ServicesStopConcurrently = true);
        Web.Services.Configure<ForwardedHeadersOptions>(
            o => o.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All);
        if (_local.CorsOrigins.Length > 0)
        {
            Web.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
            {
                policy.WithOrigins(_local.CorsOrigins).AllowAnyHeader().AllowAnyMethod();
                _ = _local.CorsCredentials ? policy.AllowCredentials() : policy.DisallowCredentials();
            }));
        }
    }
}
