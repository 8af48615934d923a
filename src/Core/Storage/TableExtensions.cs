namespace Millwright.Core.Storage;

/// <summary>What several stores do with a table in the same way.</summary>
internal static class TableExtensions
{
    /// <summary>Stores the row in the place of the one that was read, or as a new one where none was.</summary>
    /// <returns>Its ETag; null if the row was changed, made or deleted since.</returns>
    public static Task<string?> TryStoreAsync(this ITable table, TableRow row, CancellationToken cancellationToken) =>
        row.ETag is null ? table.TryInsertAsync(row, cancellationToken) : table.TryReplaceAsync(row, cancellationToken);
}
