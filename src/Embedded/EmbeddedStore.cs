using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;
using Millwright.Embedded.Blobs;
using Millwright.Embedded.Queues;
using Millwright.Embedded.Sqlite;
using Millwright.Embedded.Tables;
using Millwright.Embedded.Vault;

namespace Millwright.Embedded;

/// <summary>
/// The storage ports on one SQLite file, for one process at a time. A write that returned is on the disk and is seen by every later read;
/// writes that arrive together share one commit.
/// </summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly FileStream _lock;
    private readonly Database _database;
    private readonly EmbeddedQueues _queues;

    private EmbeddedStore(FileStream fileLock, Database database, EmbeddedQueues queues, IVault vault, RandomNumberGenerator random)
    {
        _lock = fileLock;
        _database = database;
        _queues = queues;
        Vault = vault;
        Tables = new EmbeddedTableStore(database, random);
        Blobs = new EmbeddedBlobs(database);
    }

    /// <summary>The tables.</summary>
    public ITableStore Tables { get; }

    /// <summary>The blobs.</summary>
    public IBlobs Blobs { get; }

    /// <summary>The vault.</summary>
    public IVault Vault { get; }

    /// <summary>Sends to the queues.</summary>
    public IQueueSender Sender => _queues;

    /// <summary>Receives from the queues.</summary>
    public IQueueReceiver Receiver => _queues;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="InvalidOperationException">
    /// The file is in use by another process, was written by a newer version, holds secrets whose key is missing or wrong, or holds
    /// messages of a queue whose sessions were switched on or off. The message says what to do.
    /// </exception>
    /// <exception cref="StorageLimitException">A queue is outside <see cref="QueueLimits"/>.</exception>
    /// <exception cref="ArgumentException">Two queues have the same name.</exception>
    public static EmbeddedStore Open(
        EmbeddedOptions options, TimeProvider time, RandomNumberGenerator random, ILogger<EmbeddedStore> logger)
    {
        foreach (var queue in options.Queues)
        {
            QueueLimits.Check(queue);
        }

        var path = Path.GetFullPath(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fileLock = FileLock.Take(path);
        Database? database = null;
        try
        {
            database = Database.Open(path, logger);
            var vault = new EmbeddedVault(database, VaultKey.Load(path, database, random));
            return new EmbeddedStore(fileLock, database, new EmbeddedQueues(database, options.Queues, time, random), vault, random);
        }
        catch
        {
            database?.Close();
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Commits what was accepted, ends waiting receivers with an <see cref="ObjectDisposedException"/> and closes the file.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        _queues.Dispose();
        _database.Close();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }
}
