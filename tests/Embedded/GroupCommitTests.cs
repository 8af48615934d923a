using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tests;

public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly Database _database;

    public GroupCommitTests() => _database = Database.Open(_files.Path, NullLogger.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _database.Close();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task A_write_that_fails_undoes_its_own_changes_and_no_others()
    {
        var writes = InOneCommit(
            session => Put(session, "a"),
            session => Put(session, "b") + session.Execute("INSERT INTO blobs(name, content) VALUES('a', x'')"),
            session => Put(session, "c"));
        await writes[0];
        await Assert.ThrowsAsync<SqliteException>(() => writes[1]);
        await writes[2];
        Assert.Equal(["a", "c"], Names());
    }

    [Fact]
    public async Task A_write_that_runs_again_because_another_one_failed_counts_once()
    {
        static int Next(SqliteSession session) => session.Execute("INSERT INTO blobs(name, content) SELECT 'n' || count(*), x'' FROM blobs");
        var writes = InOneCommit(Next, session => session.Execute("INSERT INTO nowhere VALUES(1)"), Next);
        await writes[0];
        await Assert.ThrowsAsync<SqliteException>(() => writes[1]);
        await writes[2];
        Assert.Equal(["n0", "n1"], Names());
    }

    [Fact]
    public async Task A_full_disk_fails_a_write_and_the_next_one_that_fits_succeeds()
    {
        await _database.WriteAsync(session => session.Execute("PRAGMA max_page_count = 1"), Cancel);
        await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(
            session => session.Execute("INSERT INTO blobs(name, content) VALUES('large', zeroblob(1000000))"), Cancel));
        await _database.WriteAsync(session => session.Execute("PRAGMA max_page_count = 1000000"), Cancel);
        await _database.WriteAsync(session => Put(session, "b"), Cancel);
        Assert.Equal(["b"], Names());
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_its_writes_and_the_next_one_succeeds()
    {
        await _database.WriteAsync(
            session => session.Execute(
                "CREATE TABLE parents(id INTEGER PRIMARY KEY); CREATE TABLE children(id REFERENCES parents DEFERRABLE INITIALLY DEFERRED)"),
            Cancel);
        var writes = InOneCommit(session => Put(session, "a"), session => session.Execute("INSERT INTO children VALUES(1)"));
        await Assert.ThrowsAsync<SqliteException>(() => writes[0]);
        await Assert.ThrowsAsync<SqliteException>(() => writes[1]);
        Assert.Empty(Names());

        await _database.WriteAsync(session => Put(session, "b"), Cancel);
        Assert.Equal(["b"], Names());
    }

    [Fact]
    public async Task A_write_that_ends_the_whole_transaction_fails_every_write_of_the_commit()
    {
        var writes = InOneCommit(session => Put(session, "a"), session => session.Execute("ROLLBACK"), session => Put(session, "c"));
        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<SqliteException>(() => write);
        }

        Assert.Empty(Names());
        await _database.WriteAsync(session => Put(session, "d"), Cancel);
        Assert.Equal(["d"], Names());
    }

    [Fact]
    public async Task A_write_cancelled_before_it_runs_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        Task<int> cancelled;
        using (new Hold(_database))
        {
            cancelled = _database.WriteAsync(session => Put(session, "a"), source.Token);
            await source.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_reader_sees_every_write_that_returned() => await Parallel.ForAsync(0, 500, Cancel, async (i, token) =>
    {
        await _database.WriteAsync(session => Put(session, $"{i}"), token);
        Assert.NotNull(_database.Read(session => session.Number("SELECT 1 FROM blobs WHERE name = $1", $"{i}")));
    });

    [Fact]
    public async Task A_reader_sees_nothing_of_a_commit_under_way()
    {
        long? seen = null;
        await _database.WriteAsync(
            session =>
            {
                Put(session, "a");
                seen = Task.Run(() => _database.Read(reader => reader.Number("SELECT count(*) FROM blobs")), Cancel).GetAwaiter().GetResult();
                return 0;
            },
            Cancel);
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task Each_commit_waits_for_the_disk() =>
        Assert.Equal(2, await _database.WriteAsync(session => session.Number("PRAGMA synchronous"), Cancel));

    [Fact]
    public async Task The_rows_of_a_dropped_table_go_piece_by_piece_between_commits()
    {
        List<long> left = [];
        await _database.WriteAsync(
            session =>
            {
                session.Execute(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                    INSERT INTO rows(table_id, partition_key, row_key, etag, properties) SELECT 7, x'', CAST(i AS BLOB), '', x'' FROM n
                    """);
                session.Execute("INSERT INTO dropped_tables(id) VALUES(7)");
                _database.ReclaimSoon();
                return CountUntilNone();
            },
            Cancel).Unwrap();
        Assert.Equal([800, 600, 400, 200, 0], left);

        // Asks for the next commit from within this one, so that it waits when this one ends: exactly one piece goes between the two.
        Task CountUntilNone() => _database.WriteAsync(
            session =>
            {
                left.Add(session.Number("SELECT count(*) FROM rows")!.Value);
                return left[^1] > 0 ? CountUntilNone() : Task.CompletedTask;
            },
            Cancel).Unwrap();
    }

    private static int Put(SqliteSession session, string name) =>
        session.Execute("INSERT INTO blobs(name, content) VALUES($1, x'')", name);

    /// <summary>Holds the writing thread until all the writes wait for it.</summary>
    private Task<int>[] InOneCommit(params Func<SqliteSession, int>[] writes)
    {
        using var hold = new Hold(_database);
        return Array.ConvertAll(writes, write => _database.WriteAsync(write, Cancel));
    }

    private List<string> Names() => _database.Read(session =>
        session.All("SELECT name FROM blobs ORDER BY name", reader => reader.GetString(0), enough: null));

    /// <summary>Keeps the writing thread in a commit of its own until disposed.</summary>
    private sealed class Hold : IDisposable
    {
        private readonly ManualResetEventSlim _started = new();
        private readonly ManualResetEventSlim _gate = new();
        private readonly Task _held;

        public Hold(Database database)
        {
            _held = database.WriteAsync(
                _ =>
                {
                    _started.Set();
                    _gate.Wait(Cancel);
                    return 0;
                },
                Cancel);
            _started.Wait(Cancel);
        }

        public void Dispose()
        {
            _gate.Set();
            _held.Wait(Cancel);
            _started.Dispose();
            _gate.Dispose();
        }
    }
}
