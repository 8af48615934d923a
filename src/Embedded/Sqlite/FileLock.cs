namespace Millwright.Embedded.Sqlite;

/// <summary>
/// Keeps a second process off the database: queues and wake-ups live in memory. The operating system gives the lock back however the
/// process ends. It is a file of its own because closing any handle of the database file would drop SQLite's locks on it.
/// </summary>
internal static class FileLock
{
    public static FileStream Take(string databasePath)
    {
        try
        {
            return new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new InvalidOperationException(
                $"The database '{databasePath}' is in use by another process. End that process, or use another path.", failure);
        }
    }
}
