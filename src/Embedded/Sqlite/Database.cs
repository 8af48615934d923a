using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Millwright.Embedded.Sqlite;

/// <summary>The open file: one writing session behind the group commit, and as many reading ones as threads read at once.</summary>
internal sealed class Database
{
    private readonly string _path;
    private readonly GroupCommit _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private volatile bool _closed;

    private Database(string path, GroupCommit writer) => (_path, _writer) = (path, writer);

    /// <exception cref="InvalidOperationException">A newer version wrote the file.</exception>
    public static Database Open(string path, ILogger logger)
    {
        // FULL makes a commit wait for the disk. The page size counts for a new file only; 8 KiB keeps most rows off overflow pages. What a
        // statement needs to undo itself stays in memory: it would go to a temporary file, which outlives nothing.
        var session = new SqliteSession(
            path,
            "page_size=8192",
            "journal_mode=WAL",
            "synchronous=FULL",
            "journal_size_limit=67108864",
            "cache_size=-32768",
            "temp_store=MEMORY");
        try
        {
            Schema.Apply(session, path);
            return new Database(path, new GroupCommit(session, logger));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the write in the next commit and returns when that is on the disk.</summary>
    /// <param name="write">
    /// Runs alone; if it throws, only its own changes are undone. If another write of its commit throws, it is undone and runs again, so it
    /// does nothing but read and write the session.
    /// </param>
    /// <param name="cancellationToken">Cancels before the write has run; after that it stands.</param>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        _writer.RunAsync(write, cancellationToken);

    /// <summary>Reads at once on the calling thread; a point read takes microseconds.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedStore));
        if (!_readers.TryTake(out var session))
        {
            session = new SqliteSession(_path, "query_only=1");
        }

        try
        {
            return read(session);
        }
        finally
        {
            _readers.Add(session);
            if (_closed)
            {
                CloseReaders();
            }
        }
    }

    /// <summary>Has the rows of dropped tables removed, a few at a time between commits.</summary>
    public void ReclaimSoon() => _writer.ReclaimSoon();

    /// <summary>Commits what was accepted and closes every session.</summary>
    public void Close()
    {
        _closed = true;
        _writer.Close();
        CloseReaders();
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
