namespace Millwright.Embedded.Sqlite;

/// <summary>
/// Removes the rows of dropped tables piece by piece. A drop itself only forgets the table's name: SQLite would visit every page of the
/// table, and all writers would wait for that.
/// </summary>
internal static class DroppedTables
{
    /// <summary>Rows removed between two commits: about a millisecond of work.</summary>
    private const int Step = 200;

    /// <returns>Whether there may be more to remove.</returns>
    public static bool RemoveSome(SqliteSession session)
    {
        if (session.Number("SELECT id FROM dropped_tables LIMIT 1") is not { } id)
        {
            return false;
        }

        var removed = session.Execute(
            """
            DELETE FROM rows WHERE (table_id, partition_key, row_key) IN
                (SELECT table_id, partition_key, row_key FROM rows WHERE table_id = $1 LIMIT $2)
            """,
            id,
            Step);
        if (removed < Step)
        {
            session.Execute("DELETE FROM dropped_tables WHERE id = $1", id);
        }

        return true;
    }
}
