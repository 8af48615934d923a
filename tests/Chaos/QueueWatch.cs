using Microsoft.Data.Sqlite;
using Millwright.Testing.App;

namespace Millwright.Chaos.Tests;

/// <summary>Looks into the embedded store for what still waits.</summary>
internal static class QueueWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until nothing is in a queue, scheduled or dead.</summary>
    public static async Task DrainAsync(MillwrightApp app, TimeSpan limit)
    {
        using var giveUp = new CancellationTokenSource(limit);
        for (var left = Waiting(app); left > 0; left = Waiting(app))
        {
            Assert.False(giveUp.IsCancellationRequested, $"{left} messages still wait after {limit}.");
            await Task.Delay(Pause);
        }
    }

    private static long Waiting(MillwrightApp app)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = app.DatabasePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM scheduled)";
        return (long)command.ExecuteScalar()!;
    }
}
