using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>A Redis on a port and in a folder of its own, which syncs its log before every answer, as a 200 that is a promise needs.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly string _folder;

    private RedisServer(ServerProcess process, int port, string folder) => (_process, Port, _folder) = (process, port, folder);

    public int Port { get; }

    public int Id => _process.Id;

    public static async Task<RedisServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("millwright-redis-").FullName;
        var port = FreePort.Next();
        try
        {
            // No snapshots beside the log: they would only take time away from it.
            string[] arguments =
                ["--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""];
            return new RedisServer(await ServerProcess.StartAsync("redis-server", arguments, folder, "Ready to accept connections"), port, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
