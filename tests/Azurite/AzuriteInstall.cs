using System.ComponentModel;
using System.Diagnostics;

namespace Millwright.OnAzurite;

/// <summary>Installs the pinned Azurite beside the tests' binaries, once for each version of the lock file.</summary>
internal static class AzuriteInstall
{
    /// <summary>Where the build puts <c>package.json</c> and <c>package-lock.json</c>.</summary>
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "azurite");

    /// <summary>Returns the folder whose <c>node_modules</c> holds Azurite.</summary>
    internal static async Task<string> EnsureAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var marker = Path.Combine(Folder, "node_modules", ".installed-lock.json");
        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            await RunNpmAsync("ci", "--omit=dev", "--ignore-scripts");
            await File.WriteAllTextAsync(marker, wanted);
        }

        return Folder;
    }

    /// <summary>Starts npm or node, or says that they are missing.</summary>
    internal static void Start(Process process)
    {
        try
        {
            _ = process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"These tests run against a real Azurite, and '{process.StartInfo.FileName}' did not start: install Node.js with npm, or leave this project out.", e);
        }
    }

    private static async Task RunNpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = new Process { StartInfo = start };
        Start(npm);
        var output = npm.StandardOutput.ReadToEndAsync();
        var error = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"'npm {string.Join(' ', arguments)}' ended with {npm.ExitCode}:\n{await output}\n{await error}");
        }
    }
}
