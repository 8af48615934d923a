namespace Millwright.Bench.Webhooks.Targets;

/// <summary>A receiver that can be started any number of times, each time with nothing from before.</summary>
/// <param name="Name">Its name on the command line and in the results.</param>
/// <param name="Durability">What is on the disk when it has answered 200.</param>
internal sealed record TargetKind(string Name, string Durability, Func<Task<ITarget>> Start)
{
    public static readonly TargetKind Millwright = new("millwright", "fsync per commit group", async () => await MillwrightTarget.StartAsync());

    public static readonly TargetKind Kestrel = new("kestrel", "none", async () => await KestrelTarget.StartAsync());

    public static readonly TargetKind Fastify = new("fastify", "appendfsync always", async () => await FastifyTarget.StartAsync(workers: 1));

    public static readonly TargetKind FastifyCluster =
        new("fastify-cluster", "appendfsync always", async () => await FastifyTarget.StartAsync(workers: 2));

    public static IReadOnlyList<TargetKind> All { get; } = [Millwright, Kestrel, Fastify, FastifyCluster];

    /// <summary>Starts it, and checks that it takes what is signed and nothing else.</summary>
    public async Task<ITarget> StartAsync()
    {
        var target = await Start();
        try
        {
            await Preflight.CheckAsync(target.Address);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }
}
