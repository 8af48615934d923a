using Millwright.Bench.Webhooks.Load;
using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Fastify and BullMQ on a Redis of their own, in one process as <c>node server.js</c> starts it, or in a cluster of several.</summary>
internal sealed class FastifyTarget(RedisServer redis, ServerProcess node, WebhookAddress address) : ITarget
{
    private const string ReadyWord = "listening";

    public WebhookAddress Address => address;

    public IReadOnlyList<int> Processes { get; } =
        [redis.Id, node.Id, .. node.ReadyLine.Split(' ').Skip(1).Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))];

    public static async Task<FastifyTarget> StartAsync(int workers)
    {
        var folder = await NodePackages.InstallAsync();
        var redis = await RedisServer.StartAsync();
        try
        {
            var port = FreePort.Next();
            var address = new WebhookAddress(new Uri($"http://127.0.0.1:{port}/webhooks/bench"), WebhookAddress.NewSecret());
            var node = await ServerProcess.StartAsync(
                "node",
                ["server.js"],
                folder,
                ReadyWord,
                ("NODE_ENV", "production"),
                ("PORT", $"{port}"),
                ("REDIS_PORT", $"{redis.Port}"),
                ("SECRET", address.Secret),
                ("WORKERS", $"{workers}"));
            return new FastifyTarget(redis, node, address);
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await redis.DisposeAsync();
    }
}
