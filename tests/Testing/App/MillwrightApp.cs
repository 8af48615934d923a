using System.Collections.Concurrent;
using System.Diagnostics;

namespace Millwright.Testing.App;

/// <summary>Millwright itself in a process of its own, as a user runs it, with its data in a folder of its own.</summary>
public sealed class MillwrightApp : IAsyncDisposable
{
    public const string ClientId = "test-application";
    public const string ClientSecret = "test-secret-4f1c9d0a7be2";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("millwright-").FullName;
    private readonly string _readyPath;
    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private MillwrightApp(string readyPath, Dictionary<string, string> settings)
    {
        _readyPath = readyPath;
        _settings = settings;
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        SandboxAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
    }

    /// <summary>Where it answers; the same after a restart.</summary>
    public Uri Address { get; }

    /// <summary>Where its built-in Sandbox ERP answers.</summary>
    public Uri SandboxAddress { get; }

    /// <summary>The file that its embedded store is in.</summary>
    public string DatabasePath => Path.Combine(_folder, ".millwright", "millwright.db");

    /// <summary>All that it has written to its console so far, in every run.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Its process; another one after a restart.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static Task<MillwrightApp> StartAsync(params (string Name, string Value)[] settings) => StartUntilAsync("/api/health/ready", settings);

    /// <summary>Starts it and waits until this path answers with success.</summary>
    public static async Task<MillwrightApp> StartUntilAsync(string path, params (string Name, string Value)[] settings)
    {
        var app = new MillwrightApp(path, settings.ToDictionary(s => s.Name, s => s.Value));
        await app.StartAsync();
        return app;
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Millwright.Functions.dll"));
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add($"{Address.Port}");
        start.Environment["Application__ClientId"] = ClientId;
        start.Environment["Application__ClientSecret"] = ClientSecret;
        start.Environment["Sandbox__Port"] = $"{SandboxAddress.Port}";

        // Nothing happens that the test does not make happen; one about polling switches it on.
        start.Environment["Polling__ByDefault"] = "false";
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(_process);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }

    private async Task UntilReadyAsync(Process process)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(_readyPath, UriKind.Relative), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet, or ended: told apart below.
            }

            if (process.HasExited || limit.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Millwright did not start:{Environment.NewLine}{string.Join(Environment.NewLine, Output)}");
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
