namespace Millwright.Core.Storage;

/// <summary>Rows under a partition key and a row key, with optimistic concurrency. See <see cref="TableLimits"/> for the bounds.</summary>
/// <remarks>Every method throws <see cref="StorageLimitException"/> for keys or rows outside the bounds, before anything is written.</remarks>
public interface ITable
{
    /// <summary>The row, or null where there is none. One point read.</summary>
    Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Inserts the row if its keys are free.</summary>
    /// <returns>The new row's ETag, or null if a row with these keys exists; that row is untouched then.</returns>
    Task<string?> TryInsertAsync(TableRow row, CancellationToken cancellationToken);

    /// <summary>Replaces the whole row if it still has the ETag that <paramref name="row"/> carries.</summary>
    /// <returns>The new ETag, or null if the row was changed or deleted since.</returns>
    /// <exception cref="ArgumentException">The row carries no ETag.</exception>
    Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken);

    /// <summary>Deletes the row, whatever it holds.</summary>
    /// <returns>False if there was none.</returns>
    Task<bool> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>The rows of one partition in ordinal order of their row keys, that is by UTF-16 code unit.</summary>
    /// <remarks>
    /// Rows come page by page: rows written meanwhile may be seen or not, and the table may be written while it is enumerated.
    /// </remarks>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="range">Which row keys, and at most how many rows. Its bounds need not be legal keys.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<TableRow> QueryAsync(string partitionKey, RowRange range, CancellationToken cancellationToken);

    /// <summary>Makes all the writes or none of them.</summary>
    /// <param name="writes">1 to 100 writes, all in one partition, each row at most once.</param>
    /// <param name="cancellationToken">Cancels before the writes are sent; after that the outcome is unknown.</param>
    /// <returns>False, and nothing written, if a precondition of one write does not hold.</returns>
    Task<bool> TryTransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}
