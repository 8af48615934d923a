namespace Millwright.Core.Connections.Raw;

/// <summary>A connected system whose own tables (entity sets, models, collections) can be read as they are.</summary>
public interface IRawTables
{
    /// <summary>The tables that the connection can name, in the order of their names.</summary>
    Task<IReadOnlyList<RawTable>> ListTablesAsync(CancellationToken cancellationToken);

    /// <summary>One page of a table.</summary>
    /// <exception cref="Errors.ApiException">
    /// <c>RECORD_NOT_FOUND</c>: there is no such table. <c>UNSUPPORTED_FILTER</c>, <c>UNSUPPORTED_SORT</c>: the source cannot do so.
    /// </exception>
    Task<RawPage> ReadTableAsync(RawTableRequest request, CancellationToken cancellationToken);
}
