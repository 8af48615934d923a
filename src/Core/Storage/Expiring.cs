namespace Millwright.Core.Storage;

/// <summary>Tables whose rows expire: spread over 256 partitions by hash, swept by <see cref="SweepAsync"/>.</summary>
public static class Expiring
{
    /// <summary>The property with the time after which the row counts as absent; rows without it stay.</summary>
    public const string ExpiresAt = "ExpiresAt";

    /// <summary>The partition of a row whose key is this hash in lowercase hex.</summary>
    public static string PartitionOf(string hash) => hash[..2];

    /// <summary>Deletes the rows that expired, and what <paramref name="beforeDelete"/> has to take along.</summary>
    /// <returns>How many went.</returns>
    /// <remarks>Reads every row, a thousand at a call. Meant for tables whose rows live a day or so.</remarks>
    public static async Task<int> SweepAsync(
        ITable table, DateTimeOffset now, Func<TableRow, Task> beforeDelete, CancellationToken cancellationToken)
    {
        var deleted = 0;
        for (var partition = 0; partition < 256; partition++)
        {
            await foreach (var row in table.QueryAsync(partition.ToString("x2"), RowRange.All, cancellationToken))
            {
                if (row.Time(ExpiresAt) <= now)
                {
                    await beforeDelete(row);

                    // Only the row that was read: its keys may have been given a new one since.
                    deleted += await table.TryTransactAsync([new TableWrite.Delete(row)], cancellationToken) ? 1 : 0;
                }
            }
        }

        return deleted;
    }
}
