using System.ComponentModel;
using System.Diagnostics;

namespace Millwright.Testing.Node;

/// <summary>A folder beside the tests' binaries whose <c>package-lock.json</c> pins what the tests run from npm.</summary>
public static class NodeFolder
{
    /// <summary>Installs what the lock file names, once for each version of it.</summary>
    /// <param name="name">The folder that the build copies <c>package.json</c> and <c>package-lock.json</c> to.</param>
    /// <returns>The folder whose <c>node_modules</c> holds it.</returns>
    public static async Task<string> InstallAsync(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, name);
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"));
        var marker = Path.Combine(folder, "node_modules", ".installed-lock.json");
        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            await RunNpmAsync(folder, "ci", "--omit=dev", "--ignore-scripts");
            await File.WriteAllTextAsync(marker, wanted);
        }

        return folder;
    }

    /// <summary>Starts npm or node, or says that they are missing.</summary>
    public static void Start(Process process)
    {
        try
        {
            _ = process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"These tests run a package from npm, and '{process.StartInfo.FileName}' did not start: install Node.js with npm, or leave this project out.", e);
        }
    }

    private static async Task RunNpmAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = folder,
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
