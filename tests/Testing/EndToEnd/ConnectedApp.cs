using Millwright.Testing.App;

namespace Millwright.Testing.EndToEnd;

/// <summary>Millwright, an application's client and a connected system's client; shared by the tests of a class.</summary>
public sealed record ConnectedApp(MillwrightApp App, ApiClient Application, ApiClient Customer) : IAsyncDisposable
{
    /// <summary>Starts Millwright and connects the system.</summary>
    public static async Task<ConnectedApp> StartAsync(Func<MillwrightApp, SystemUnderTest> system)
    {
        var app = await MillwrightApp.StartAsync();
        var application = await ApiClient.AsApplicationAsync(app);
        var under = system(app);
        return new ConnectedApp(app, application, await application.ConnectAsync(under.Provider, under.Credentials));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Customer.Dispose();
        Application.Dispose();
        await App.DisposeAsync();
    }
}
