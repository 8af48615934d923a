using System.Diagnostics;
using System.Text.Json;
using Millwright.Testing.Node;

[assembly: AssemblyFixture(typeof(Millwright.StandardWebhooks.Tests.Library))]

namespace Millwright.StandardWebhooks.Tests;

/// <summary>The npm package <c>standardwebhooks</c>, in a Node process of its own for each list of calls.</summary>
public sealed class Library : IAsyncLifetime
{
    private string _folder = "";

    public async ValueTask InitializeAsync() => _folder = await NodeFolder.InstallAsync("node");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The results in the calls' order: a signature's header, or <c>valid</c> or <c>rejected</c>.</summary>
    internal async Task<IReadOnlyList<string>> MakeAsync(IReadOnlyList<LibraryCall> calls)
    {
        var start = new ProcessStartInfo("node", ["calls.js"])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = new Process { StartInfo = start };
        NodeFolder.Start(node);
        var output = node.StandardOutput.ReadToEndAsync();
        var error = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(calls, JsonSerializerOptions.Web));
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<List<string>>(await output)!
            : throw new InvalidOperationException($"The library ended with {node.ExitCode}:\n{await error}");
    }
}
