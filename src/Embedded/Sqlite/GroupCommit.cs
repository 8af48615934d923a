using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Millwright.Embedded.Sqlite;

/// <summary>
/// The one thread that writes. What waits when it is free goes into one transaction, so that many writers share one wait for the disk; each
/// is told only after that commit. A write that fails is undone alone; a commit that fails, fails all its writes.
/// </summary>
internal sealed class GroupCommit
{
    private const int MaxWrites = 1024;

    private readonly BlockingCollection<Write> _waiting = [];
    private readonly SqliteSession _session;
    private readonly ILogger _logger;
    private readonly Thread _thread;

    // A crash may have left a dropped table's rows behind, so the first look is due at once.
    private volatile bool _reclaim = true;

    public GroupCommit(SqliteSession session, ILogger logger)
    {
        (_session, _logger) = (session, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "Millwright group commit" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        var waiting = new Write<T>(write, cancellationToken);
        try
        {
            _waiting.Add(waiting, CancellationToken.None);
        }
        catch (InvalidOperationException closed) when (_waiting.IsAddingCompleted)
        {
            throw new ObjectDisposedException("The embedded storage is closed.", closed);
        }

        return waiting.Task;
    }

    public void ReclaimSoon() => _reclaim = true;

    public void Close()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
        _session.Dispose();
    }

    private void Run()
    {
        List<Write> batch = [];
        while (!_waiting.IsCompleted)
        {
            while (batch.Count < MaxWrites && _waiting.TryTake(out var write, batch.Count > 0 || _reclaim ? 0 : Timeout.Infinite))
            {
                batch.Add(write);
            }

            Commit(batch);
            batch.Clear();
            if (_reclaim)
            {
                Reclaim();
            }
        }
    }

    private void Commit(List<Write> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            if (!RunTogether(batch))
            {
                RunOneByOne(batch);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            // Told to every caller of the batch; the thread goes on, since the next commit may well succeed: a full disk has room again.
            Undo();
            batch.ForEach(write => write.Fail(failure));
        }

        batch.ForEach(write => write.Succeed());
    }

    /// <summary>
    /// Runs the writes without savepoints: within one, SQLite first copies every page that is changed, which takes longer than the change.
    /// </summary>
    /// <returns>Whether all succeeded. If not, nothing has happened yet.</returns>
    private bool RunTogether(List<Write> batch)
    {
        _session.Execute("BEGIN IMMEDIATE");
        try
        {
            // Where a write ended the transaction, the next ones would be committed each on its own.
            return batch.TrueForAll(write =>
            {
                write.Run(_session);
                return _session.InTransaction;
            });
        }
        catch
        {
            // What the failed write has changed cannot be told from what the others have, so that all go and run again.
            if (_session.InTransaction)
            {
                _session.Execute("ROLLBACK");
            }

            return false;
        }
    }

    private void RunOneByOne(List<Write> batch)
    {
        _session.Execute("BEGIN IMMEDIATE");
        batch.ForEach(RunOne);
    }

    private void RunOne(Write write)
    {
        _session.Execute("SAVEPOINT one");
        try
        {
            write.Run(_session);
        }
        catch (Exception failure)
        {
            // The caller's own failure. Where SQLite ended the whole transaction, this throws too and fails the batch.
            _session.Execute("ROLLBACK TO one");
            write.Fail(failure);
        }

        _session.Execute("RELEASE one");
    }

    private void Undo()
    {
        try
        {
            if (_session.InTransaction)
            {
                _session.Execute("ROLLBACK");
            }
        }
        catch (Exception failure)
        {
            _logger.LogError(failure, "Rolling back failed; the writes of this commit were refused.");
        }
    }

    private void Reclaim()
    {
        try
        {
            _reclaim = DroppedTables.RemoveSome(_session);
        }
        catch (Exception failure)
        {
            // Only disk space is at stake, and the next drop or start tries again.
            _logger.LogError(failure, "Removing the rows of a dropped table failed.");
            _reclaim = false;
        }
    }
}
