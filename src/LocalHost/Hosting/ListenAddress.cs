using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Millwright.LocalHost.Configuration;

namespace Millwright.LocalHost.Hosting;

/// <summary>Where the host listens: <c>--port</c>, else <c>urls</c>, else <c>Host.LocalHttpPort</c>, else 7071. Loopback unless <c>urls</c> says otherwise.</summary>
internal sealed class ListenAddress
{
    private const int DefaultPort = 7071;

    private readonly int? _argument;
    private readonly LocalSettings _local;

    public ListenAddress(string[] args, LocalSettings local, StartupErrors errors)
    {
        _local = local;

        // Of the command line only: a variable named PORT means something else on many machines.
        var text = new ConfigurationBuilder().AddCommandLine(args).Build()["port"];
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            _argument = port;
        }
        else if (text is not null)
        {
            errors.Add($"--port '{text}' is not a port.");
        }
    }

    public string Urls(IConfiguration configuration) =>
        _argument is { } argument ? Loopback(argument)
        : configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls
        : Loopback(_local.Port ?? DefaultPort);

    // Both loopback addresses, except where the system chooses the port, which it cannot do for two.
    private static string Loopback(int port) => port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";
}
