namespace Millwright.Embedded.Sqlite;

/// <summary>The tables of the file. <c>PRAGMA user_version</c> says which version wrote it.</summary>
internal static class Schema
{
    private const int Version = 1;

    // States of a message, in the words of its column: 0 behind another one of its session, 1 ready, 2 locked.
    // Keys of rows are UTF-16 big-endian, so that the bytes sort as .NET's ordinal order does. Times are UTC ticks.
    private const string Create = """
        CREATE TABLE tables(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE dropped_tables(id INTEGER PRIMARY KEY);
        CREATE TABLE rows(
            table_id INTEGER NOT NULL, partition_key BLOB NOT NULL, row_key BLOB NOT NULL, etag TEXT NOT NULL, properties BLOB NOT NULL,
            PRIMARY KEY(table_id, partition_key, row_key)) WITHOUT ROWID;

        CREATE TABLE blobs(name TEXT PRIMARY KEY NOT NULL, content BLOB NOT NULL);

        CREATE TABLE secrets(name TEXT PRIMARY KEY NOT NULL COLLATE NOCASE, sealed BLOB NOT NULL);
        CREATE TABLE vault_key(id INTEGER PRIMARY KEY CHECK(id = 1), sealed BLOB NOT NULL);

        CREATE TABLE queues(name TEXT PRIMARY KEY NOT NULL, requires_session INTEGER NOT NULL);
        CREATE TABLE messages(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, session_id TEXT, state INTEGER NOT NULL,
            enqueued_at INTEGER NOT NULL, delivery_count INTEGER NOT NULL DEFAULT 0, lock_token TEXT, locked_until INTEGER,
            dead_letter_reason TEXT, dead_letter_description TEXT);
        CREATE INDEX ready_messages ON messages(queue, sequence) WHERE state = 1;
        CREATE INDEX locked_messages ON messages(queue, locked_until) WHERE state = 2;
        CREATE INDEX session_messages ON messages(queue, session_id, sequence) WHERE session_id IS NOT NULL;
        CREATE TABLE payloads(sequence INTEGER PRIMARY KEY, message_id TEXT NOT NULL, body TEXT NOT NULL, properties TEXT NOT NULL);
        CREATE TABLE scheduled(
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, due_at INTEGER NOT NULL, session_id TEXT,
            message_id TEXT NOT NULL, body TEXT NOT NULL, properties TEXT NOT NULL);
        CREATE INDEX due_messages ON scheduled(queue, due_at, id);
        CREATE TABLE seen_messages(
            id INTEGER PRIMARY KEY, queue TEXT NOT NULL, message_id TEXT NOT NULL, until INTEGER NOT NULL, UNIQUE(queue, message_id));
        CREATE INDEX expired_seen_messages ON seen_messages(until);

        PRAGMA user_version = 1;
        """;

    public static void Apply(SqliteSession session, string path)
    {
        switch (session.Number("PRAGMA user_version"))
        {
            case Version:
                break;
            case 0:
                session.Execute($"BEGIN IMMEDIATE; {Create} COMMIT;");
                break;
            case var other:
                throw new InvalidOperationException(
                    $"The database '{path}' has schema version {other}; this version knows {Version}. "
                    + "Start the newer version, or use another path.");
        }
    }
}
