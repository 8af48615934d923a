using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Millwright.Sandbox.Tests;

public sealed class HostingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SandboxOptions Options => new() { DataPath = Path.Combine(_folder.FullName, "sandbox.db") };

    [Fact]
    public async Task Writes_survive_a_restart()
    {
        string before;
        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
            var order = await client.CreateOrderAsync("SURVIVES");
            await client.MoveAsync("purchase-orders", order, "submitted");
            await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"purchase-orders/{(await client.CreateOrderAsync())["id"]}");
            before = (await client.GetAsync("purchase-orders?page_size=200")).ToJsonString();
        }

        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
            Assert.Equal(before, (await client.GetAsync("purchase-orders?page_size=200")).ToJsonString());
            Assert.Equal("po_1123", (string?)(await client.CreateOrderAsync())["id"]);
        }
    }

    [Fact]
    public async Task The_file_holds_no_key()
    {
        await using (var server = await SandboxServer.StartAsync(Options, Ct))
        {
            using var client = new SandboxClient(server.BaseAddress, "sandbox-very-secret");
            await client.CreateOrderAsync();
        }

        var content = await File.ReadAllTextAsync(Options.DataPath!, Ct);
        Assert.DoesNotContain("very-secret", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_runs_it_as_a_service()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSandbox(Options);
        using var host = builder.Build();
        await host.StartAsync(Ct);
        var service = host.Services.GetRequiredService<SandboxService>();
        using (var client = new SandboxClient(service.BaseAddress, "sandbox-1"))
        {
            Assert.True(service.BaseAddress.IsLoopback);
            await client.GetAsync("me");
        }

        await host.StopAsync(Ct);
        Assert.Throws<InvalidOperationException>(() => service.BaseAddress);
    }

    [Fact]
    public async Task A_taken_port_is_an_error()
    {
        await using var first = await SandboxServer.StartAsync(new SandboxOptions(), Ct);
        await Assert.ThrowsAsync<IOException>(() => SandboxServer.StartAsync(new SandboxOptions { Port = first.BaseAddress.Port }, Ct));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
