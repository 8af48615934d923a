using Millwright.Testing.App;
using Xunit;

namespace Millwright.Testing.EndToEnd;

/// <summary>Millwright, an application's client and a connected system's client; shared by the tests of a class.</summary>
public sealed class ConnectedApp : IAsyncDisposable
{
    private readonly List<string> _secrets;

    private ConnectedApp(MillwrightApp app, ApiClient application, ApiClient customer, SystemUnderTest system)
    {
        App = app;
        Application = application;
        Customer = customer;
        _secrets =
        [
            MillwrightApp.ClientSecret, application.Token!, customer.Token!, system.Credentials[system.SecretName], system.WrongCredentials[system.SecretName],
        ];
    }

    public MillwrightApp App { get; }

    public ApiClient Application { get; }

    public ApiClient Customer { get; }

    /// <summary>Starts Millwright, logging all it can, and connects the system.</summary>
    public static async Task<ConnectedApp> StartAsync(Func<MillwrightApp, SystemUnderTest> system)
    {
        var app = await MillwrightApp.StartAsync(("AzureFunctionsJobHost__logging__logLevel__default", "Trace"));
        var application = await ApiClient.AsApplicationAsync(app);
        var under = system(app);
        return new ConnectedApp(app, application, await application.ConnectAsync(under.Provider, under.Credentials), under);
    }

    /// <summary>Stops it, and fails if anything that it wrote in all the tests holds a credential or token.</summary>
    public async ValueTask DisposeAsync()
    {
        Customer.Dispose();
        Application.Dispose();
        await App.DisposeAsync();
        Assert.NotEmpty(App.Output);
        Assert.DoesNotContain(App.Output, line => _secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }
}
