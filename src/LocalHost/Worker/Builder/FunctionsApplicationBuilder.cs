using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a function app.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly LocalAppBuilder _app;
    private readonly InvocationPipeline _pipeline = new();
    private bool _built;

    internal FunctionsApplicationBuilder(string[] args, AppSource source) => _app = new LocalAppBuilder(args, source);

    /// <summary>The settings: <c>host.json</c>, <c>local.settings.json</c>, environment variables and the command line, the later above the earlier.</summary>
    public ConfigurationManager Configuration => _app.Web.Configuration;

    /// <summary>The environment; <c>Development</c> unless <c>AZURE_FUNCTIONS_ENVIRONMENT</c> says otherwise.</summary>
    public IHostEnvironment Environment => _app.Web.Environment;

    /// <summary>Logging. Locally there is a console logger; in Azure the host logs.</summary>
    public ILoggingBuilder Logging => _app.Web.Logging;

    /// <summary>Metrics.</summary>
    public IMetricsBuilder Metrics => _app.Web.Metrics;

    /// <summary>The services.</summary>
    public IServiceCollection Services => _app.Web.Services;

    /// <summary>Shared by what takes part in building.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_app.Web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Replaces the services' container.</summary>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_app.Web).ConfigureContainer(factory, configure);

    /// <summary>Adds middleware inside of what was added before.</summary>
    /// <exception cref="InvalidOperationException">The app is built already.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _pipeline.Add(middleware);
        return this;
    }

    /// <summary>Finds the functions and builds the app, once.</summary>
    /// <exception cref="InvalidOperationException">The app is built already, or something keeps it from starting: the message lists everything.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        _built = true;
        return _app.Build(_pipeline);
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The app is built already.");
        }
    }
}
