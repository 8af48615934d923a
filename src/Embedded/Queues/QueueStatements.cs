namespace Millwright.Embedded.Queues;

/// <summary>The statements that run for every message. A test holds each against the query plan: none may scan a table.</summary>
internal static class QueueStatements
{
    public const string SessionIsBusy = "SELECT 1 FROM messages WHERE queue = $1 AND session_id = $2 LIMIT 1";

    public const string Insert = "INSERT INTO messages(queue, session_id, state, enqueued_at) VALUES($1, $2, $3, $4)";

    public const string InsertPayload =
        "INSERT INTO payloads(sequence, message_id, body, properties) VALUES(last_insert_rowid(), $1, $2, $3)";

    public const string Schedule =
        "INSERT INTO scheduled(queue, due_at, session_id, message_id, body, properties) VALUES($1, $2, $3, $4, $5, $6)";

    public const string Due =
        "SELECT id, due_at, session_id, message_id, body, properties FROM scheduled WHERE queue = $1 AND due_at <= $2 ORDER BY due_at, id";

    public const string Unschedule = "DELETE FROM scheduled WHERE id = $1";

    public const string ForgetSeen =
        "DELETE FROM seen_messages WHERE id IN (SELECT id FROM seen_messages WHERE until <= $1 ORDER BY until LIMIT 4)";

    // A row that is still remembered is left as it is, and no row changes.
    public const string Remember =
        """
        INSERT INTO seen_messages(queue, message_id, until) VALUES($1, $2, $3)
        ON CONFLICT(queue, message_id) DO UPDATE SET until = excluded.until WHERE until <= $4
        """;

    public const string Expired =
        """
        SELECT sequence, session_id, delivery_count FROM messages
        WHERE queue = $1 AND state = 2 AND locked_until <= $2 ORDER BY locked_until
        """;

    public const string Next =
        """
        SELECT sequence, session_id, enqueued_at, delivery_count, dead_letter_reason, dead_letter_description, message_id, body, properties
        FROM messages JOIN payloads USING (sequence) WHERE queue = $1 AND state = 1 ORDER BY sequence LIMIT 1
        """;

    public const string Lock =
        "UPDATE messages SET state = 2, delivery_count = $2, lock_token = $3, locked_until = $4 WHERE sequence = $1";

    public const string HasReady = "SELECT 1 FROM messages WHERE queue = $1 AND state = 1 LIMIT 1";

    // The largest number stands for never.
    public const string NextDue =
        """
        SELECT min(
            ifnull((SELECT min(locked_until) FROM messages WHERE queue = $1 AND state = 2), 9223372036854775807),
            ifnull((SELECT min(locked_until) FROM messages WHERE queue = $2 AND state = 2), 9223372036854775807),
            ifnull((SELECT min(due_at) FROM scheduled WHERE queue = $1), 9223372036854775807))
        """;

    public const string Held =
        """
        SELECT sequence, session_id, delivery_count FROM messages
        WHERE sequence = $1 AND queue = $2 AND state = 2 AND lock_token = $3 AND locked_until > $4
        """;

    public const string Delete = "DELETE FROM messages WHERE sequence = $1";

    public const string DeletePayload = "DELETE FROM payloads WHERE sequence = $1";

    public const string Unlock = "UPDATE messages SET state = 1, lock_token = NULL, locked_until = NULL WHERE sequence = $1";

    public const string Renew = "UPDATE messages SET locked_until = $2 WHERE sequence = $1";

    public const string DeadLetter =
        """
        UPDATE messages SET queue = $2, state = 1, delivery_count = 0, lock_token = NULL, locked_until = NULL,
            dead_letter_reason = $3, dead_letter_description = $4
        WHERE sequence = $1
        """;

    // The next of a session becomes ready once the one before it is gone.
    public const string Promote =
        """
        UPDATE messages SET state = 1
        WHERE sequence = (SELECT min(sequence) FROM messages WHERE queue = $1 AND session_id = $2) AND state = 0
        """;
}
