using Microsoft.Data.Sqlite;
using Millwright.Testing.App;

namespace Millwright.Chaos.Tests;

/// <summary>Kills Millwright, holds up its store and makes the connected system fail, every few seconds.</summary>
internal sealed class Trouble(MillwrightApp app, ChangingSystem system, int seed)
{
    private const int FailingRequests = 15;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreHeldFor = TimeSpan.FromSeconds(1.5);

    private readonly Random _random = new(seed);

    /// <summary>What was done, for the report.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal) { ["kill"] = 0, ["slow store"] = 0, ["failing system"] = 0 };

    /// <summary>Makes trouble until cancelled; Millwright runs then.</summary>
    public async Task MakeAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Shortest + TimeSpan.FromSeconds(_random.NextDouble() * 3), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            switch (_random.Next(4))
            {
                case 0 or 1:
                    Done["kill"]++;
                    await app.KillAsync();
                    await app.StartAsync();
                    break;
                case 2:
                    Done["slow store"]++;
                    await HoldStoreAsync();
                    break;
                default:
                    Done["failing system"]++;
                    await system.FailAsync(FailingRequests, CancellationToken.None);
                    break;
            }
        }
    }

    // Whoever holds SQLite's lock keeps all other writers waiting, as a disk that hangs would.
    private async Task HoldStoreAsync()
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = app.DatabasePath, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        await Task.Delay(StoreHeldFor);
        command.CommandText = "COMMIT";
        await command.ExecuteNonQueryAsync();
    }
}
