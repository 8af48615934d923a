using System.Diagnostics;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Installs the pinned packages of <c>fastify/</c> beside the program, once for each version of the lock file.</summary>
internal static class NodePackages
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fastify");

    /// <returns>The folder that holds <c>server.js</c> and its <c>node_modules</c>.</returns>
    public static async Task<string> InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var marker = Path.Combine(Folder, "node_modules", ".installed-lock.json");
        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--omit=dev", "--ignore-scripts"]) { WorkingDirectory = Folder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ended with {npm.ExitCode}.");
            }

            await File.WriteAllTextAsync(marker, wanted);
        }

        return Folder;
    }
}
