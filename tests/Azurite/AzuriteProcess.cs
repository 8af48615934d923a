using System.Diagnostics;
using System.Text.RegularExpressions;
using Millwright.Testing.Node;

namespace Millwright.OnAzurite;

/// <summary>A running Azurite on ports of its own choosing, which keeps everything in memory. Ended by its process id.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    // The account that every Azurite has; documented by Microsoft and no secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<string> _blobs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _tables = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteProcess(string folder)
    {
        string[] arguments =
        [
            Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js"), "--inMemoryPersistence", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0",
        ];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) => Ended();
    }

    /// <summary>Starts Azurite and returns when its blob and table services listen.</summary>
    internal static async Task<AzuriteProcess> StartAsync(string folder)
    {
        var azurite = new AzuriteProcess(folder);
        NodeFolder.Start(azurite._process);
        azurite._process.BeginOutputReadLine();
        azurite._process.BeginErrorReadLine();
        try
        {
            _ = await Task.WhenAll(azurite._blobs.Task, azurite._tables.Task).WaitAsync(TimeSpan.FromMinutes(2));
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string to this Azurite.</summary>
    internal async Task<string> ConnectionStringAsync() =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint={await _blobs.Task}/{Account};TableEndpoint={await _tables.Task}/{Account};";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Azurite (?<service>Blob|Table) service.* (?<address>http://127\.0\.0\.1:[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Listening();

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (line.Contains("successfully listen", StringComparison.Ordinal) && Listening().Match(line) is { Success: true } match)
        {
            _ = (match.Groups["service"].Value == "Blob" ? _blobs : _tables).TrySetResult(match.Groups["address"].Value);
        }
    }

    private void Ended()
    {
        string output;
        lock (_output)
        {
            output = string.Join('\n', _output);
        }

        var failure = new InvalidOperationException($"Azurite ended before it listened. It wrote:\n{output}");
        _ = _blobs.TrySetException(failure);
        _ = _tables.TrySetException(failure);
    }
}
