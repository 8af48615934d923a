using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>A server that we started. Ended, with what it started itself, by its process id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start, string readyWord)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, readyWord);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, readyWord);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException(
            $"'{start.FileName} {string.Join(' ', start.ArgumentList)}' ended:{Environment.NewLine}{string.Join(Environment.NewLine, _output)}"));
    }

    public int Id => _process.Id;

    /// <summary>The line that said it is ready.</summary>
    public string ReadyLine => _ready.Task.Result;

    /// <summary>Starts it and returns once it wrote a line with the word that says it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string file, IEnumerable<string> arguments, string folder, string readyWord, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(start, readyWord);
        try
        {
            server._process.Start();
            server._process.BeginOutputReadLine();
            server._process.BeginErrorReadLine();
            await server._ready.Task.WaitAsync(StartLimit);
            return server;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"'{file}' did not start; README.md says what has to be installed.", missing);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line, string readyWord)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.Contains(readyWord, StringComparison.Ordinal))
        {
            _ready.TrySetResult(line);
        }
    }
}
