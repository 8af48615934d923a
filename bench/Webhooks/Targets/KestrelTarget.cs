using Millwright.Bench.Webhooks.Load;
using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>This program again, as <see cref="KestrelRival"/>.</summary>
internal sealed class KestrelTarget(ServerProcess server, WebhookAddress address) : ITarget
{
    public WebhookAddress Address => address;

    public IReadOnlyList<int> Processes => [server.Id];

    public static async Task<KestrelTarget> StartAsync()
    {
        var port = FreePort.Next();
        var address = new WebhookAddress(new Uri($"http://127.0.0.1:{port}/webhooks/bench"), WebhookAddress.NewSecret());
        var server = await ServerProcess.StartAsync(
            "dotnet",
            [typeof(KestrelTarget).Assembly.Location, KestrelRival.Command],
            AppContext.BaseDirectory,
            KestrelRival.ReadyWord,
            ("PORT", $"{port}"),
            ("SECRET", address.Secret));
        return new KestrelTarget(server, address);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
