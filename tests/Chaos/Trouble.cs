using Microsoft.Data.Sqlite;
using Millwright.Testing.App;

namespace Millwright.Chaos.Tests;

/// <summary>Kills Millwright, holds up its store and makes the connected system fail, in turns, while webhooks are being sent.</summary>
internal sealed class Trouble(MillwrightApp app, ChangingSystem system)
{
    private const int FailingRequests = 15;
    private static readonly TimeSpan StoreHeldFor = TimeSpan.FromSeconds(1.5);

    private int _next;
    private Task _last = Task.CompletedTask;

    /// <summary>What was done, for the report.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal) { ["kill"] = 0, ["slow store"] = 0, ["failing system"] = 0 };

    /// <summary>Begins the next trouble, once the last one is over.</summary>
    public void Begin() => _last = MakeAsync(_last, _next++);

    /// <summary>Waits until the last trouble is over; Millwright runs then.</summary>
    public Task EndAsync() => _last;

    private async Task MakeAsync(Task last, int turn)
    {
        await last;
        switch (turn % 4)
        {
            case 0 or 2:
                Done["kill"]++;
                await app.KillAsync();
                await app.StartAsync();
                break;
            case 1:
                Done["slow store"]++;
                await HoldStoreAsync();
                break;
            default:
                Done["failing system"]++;
                await system.FailAsync(FailingRequests, FailingRequests, CancellationToken.None);
                break;
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
